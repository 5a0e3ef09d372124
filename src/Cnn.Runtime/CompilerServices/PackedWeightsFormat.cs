using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Cnn.CompilerServices;

/// <summary>
/// Packed weights as a resource: a header, a list of matrices, and then everything in the order of the memory, the matrices in fewer bits where that
/// is asked for.
/// </summary>
/// <remarks>
/// Little-endian numbers of 32 bits. Header: signature, version, storage, fingerprint, floats, matrices. Of each matrix: where it starts, how many
/// elements and lanes it has.
/// </remarks>
internal static class PackedWeightsFormat
{
    private const uint Signature = 0x574E4E43; // "CNNW"

    /// <summary>Another one where the format differs, or what the numbers mean: matrices are behind everything else, and listed in every storage.</summary>
    private const int Version = 3;

    private const int HeaderNumbers = 6;
    private const int MatrixNumbers = 3;

    /// <summary>Each matrix has a row of at least 8 lanes.</summary>
    private const int LeastMatrix = 8;

    /// <summary>Floats outside of matrices that are read or written at once.</summary>
    private const int ChunkFloats = 1 << 20;

    /// <summary>Writes weights.</summary>
    /// <param name="stream">Written from where it stands; left open.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="fingerprint">Of how they are packed.</param>
    /// <param name="storage">In what the weights of layers are stored; biases, scales and shifts are few and stay floats.</param>
    public static void Write(Stream stream, PackedWeights weights, uint fingerprint, WeightStorage storage = WeightStorage.Float32)
    {
        PackedMatrix[] matrices = [.. weights.Matrices];
        Span<float> all = weights.All;
        WriteNumbers(stream, [(int)Signature, Version, (int)storage, (int)fingerprint, weights.Length, matrices.Length]);
        WriteNumbers(stream, [.. matrices.SelectMany(static matrix => new[] { matrix.Offset, matrix.Count, matrix.Lanes })]);
        foreach (PackedMatrix part in Parts(matrices, weights.Length))
        {
            WeightStorage stored = part.Lanes == 0 ? WeightStorage.Float32 : storage;
            byte[] bytes = new byte[StoredMatrix.Bytes(part.Count, part.Lanes, stored)];
            StoredMatrix.Write(all.Slice(part.Offset, part.Count), part.Lanes, stored, bytes);
            stream.Write(bytes);
        }
    }

    /// <summary>Reads weights.</summary>
    /// <param name="stream">Read from where it stands to its end.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="floats">How many floats there must be.</param>
    /// <param name="fingerprint">What the fingerprint must be.</param>
    /// <exception cref="WeightsException">It holds something else.</exception>
    public static PackedWeights Read(Stream stream, string source, int floats, uint fingerprint)
    {
        int[] header = ReadNumbers(stream, HeaderNumbers) ?? [];
        if (header is not [(int)Signature, var version, var storage, var found, var length, var count])
            throw new WeightsException($"{source} holds no packed weights: build the project anew.");
        if (version != Version || !Enum.IsDefined((WeightStorage)storage))
            throw new WeightsException($"{source} has version {version} and storage {storage}, which this version of Cnn does not know: "
                + "build the project anew with the Cnn that it runs with.");
        if (found != (int)fingerprint || length != floats)
            throw new WeightsException($"{source} was packed for another declaration of the network, or by another version of Cnn: build the project anew.");
        if (count < 0 || count > floats / LeastMatrix || ReadNumbers(stream, MatrixNumbers * count) is not { } numbers
            || Matrices(numbers) is not { } matrices || !AreMatrices(matrices, floats)
            || TryRead(stream, PackedWeights.Reserve(floats, matrices, (WeightStorage)storage), matrices, (WeightStorage)storage) is not { } weights)
            throw new WeightsException($"{source} is damaged or ends too early: build the project anew.");
        return weights;
    }

    private static bool AreMatrices(PackedMatrix[] matrices, int floats)
    {
        int end = 0;
        foreach (PackedMatrix matrix in matrices)
        {
            if (matrix.Offset < end || matrix.Lanes < 1 || matrix.Count < 0 || matrix.Count % matrix.Lanes != 0
                || matrix.Count > floats - matrix.Offset)
                return false;
            end = matrix.Offset + matrix.Count;
        }

        return true;
    }

    private static PackedWeights? TryRead(Stream stream, PackedWeights weights, PackedMatrix[] matrices, WeightStorage storage)
    {
        int matrix = 0;
        foreach (PackedMatrix part in Parts(matrices, weights.Length))
        {
            bool isStored = part.Lanes > 0 && storage != WeightStorage.Float32;
            // What is between two matrices is padding, which weights in fewer bits have no place for.
            bool isDropped = part.Lanes == 0 && weights.Stored is { } stored && part.Offset >= stored.Start;
            Span<float> values = isStored ? [] : isDropped ? new float[part.Count] : weights.Others(part.Offset, part.Count);
            Span<byte> bytes = isStored ? new byte[StoredMatrix.Bytes(part.Count, part.Lanes, storage)] : MemoryMarshal.AsBytes(values);
            if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
                return null;
            if (isStored)
                weights.Stored!.Set(matrix, bytes);
            else if (!BitConverter.IsLittleEndian)
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(values), MemoryMarshal.Cast<float, int>(values));
            matrix += part.Lanes > 0 ? 1 : 0;
        }

        return weights;
    }

    /// <summary>The matrices and what is between them, in the order of the memory; what is in no matrix has no lanes.</summary>
    private static IEnumerable<PackedMatrix> Parts(PackedMatrix[] matrices, int length)
    {
        int done = 0;
        foreach (PackedMatrix matrix in matrices.Append(new PackedMatrix(length, 0, 1)))
        {
            for (; done < matrix.Offset; done += Math.Min(ChunkFloats, matrix.Offset - done))
                yield return new PackedMatrix(done, Math.Min(ChunkFloats, matrix.Offset - done), 0);
            if (matrix.Count > 0)
                yield return matrix;
            done = matrix.Offset + matrix.Count;
        }
    }

    private static PackedMatrix[] Matrices(int[] numbers) =>
        [.. numbers.Chunk(MatrixNumbers).Select(static matrix => new PackedMatrix(matrix[0], matrix[1], matrix[2]))];

    private static void WriteNumbers(Stream stream, int[] numbers)
    {
        byte[] bytes = new byte[sizeof(int) * numbers.Length];
        for (int index = 0; index < numbers.Length; index++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(index * sizeof(int)), numbers[index]);
        stream.Write(bytes);
    }

    private static int[]? ReadNumbers(Stream stream, int count)
    {
        byte[] bytes = new byte[sizeof(int) * count];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            return null;
        int[] numbers = new int[count];
        for (int index = 0; index < count; index++)
            numbers[index] = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(index * sizeof(int)));
        return numbers;
    }
}
