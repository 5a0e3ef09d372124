using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Cnn.Tool.Importing;

namespace Cnn.Tool.Weights.PyTorch;

/// <summary>A view of a storage.</summary>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, long[] Shape, long[] Strides)
{
    /// <exception cref="ImportException">The view leaves its storage, or has more elements than that.</exception>
    public long CheckedLength(string name)
    {
        int length = Tensor.CheckedLength(Shape);
        if (Strides.Length != Shape.Length || Offset < 0 || Offset > Storage.Length || Strides.Any(stride => stride is < 0 or > Tensor.MostElements))
            throw new ImportException(
                $"The tensor '{name}' has the shape {Tensor.Text(Shape)}, the strides {Tensor.Text(Strides)} and the offset {Offset}, which is no view.");
        // Both factors are bounded, so that nothing overflows; and a plain tensor repeats no element.
        long last = Offset + Shape.Zip(Strides, (axis, stride) => Math.Max(0, axis - 1) * stride).Sum();
        if (length > Storage.Length || (length > 0 && last >= Storage.Length))
            throw new ImportException($"The tensor '{name}' reaches element {last} of a storage with {Storage.Length}.");
        return length;
    }

    public Tensor Decode(byte[] bytes)
    {
        int[] shape = Tensor.CheckedShape(Shape);
        int[] contiguous = Tensor.Strides(shape);
        int length = Tensor.CheckedLength(Shape);
        bool isReal = Storage.Type.Name is "FloatStorage" or "DoubleStorage" or "HalfStorage" or "BFloat16Storage";
        if (Storage.Type.Name == "FloatStorage" && BitConverter.IsLittleEndian && Strides.Select(stride => (int)stride).SequenceEqual(contiguous))
            return Tensor.OfReals(shape, MemoryMarshal.Cast<byte, float>(bytes).Slice((int)Offset, length).ToArray());
        float[] reals = new float[isReal ? length : 0];
        long[] integers = new long[isReal ? 0 : length];
        for (int index = 0; index < length; index++)
        {
            long position = Offset;
            for (int axis = 0; axis < shape.Length; axis++)
                position += index / contiguous[axis] % shape[axis] * Strides[axis];
            ReadOnlySpan<byte> element = bytes.AsSpan((int)(position * Storage.Type.Size), Storage.Type.Size);
            if (isReal)
                reals[index] = Real(element);
            else
                integers[index] = Integer(element);
        }

        return isReal ? Tensor.OfReals(shape, reals) : Tensor.OfIntegers(shape, integers);
    }

    private float Real(ReadOnlySpan<byte> element) => Storage.Type.Name switch
    {
        "FloatStorage" => BinaryPrimitives.ReadSingleLittleEndian(element),
        "DoubleStorage" => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
        "HalfStorage" => (float)BinaryPrimitives.ReadHalfLittleEndian(element),
        _ => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(element) << 16),
    };

    private static long Integer(ReadOnlySpan<byte> element) => element.Length switch
    {
        8 => BinaryPrimitives.ReadInt64LittleEndian(element),
        4 => BinaryPrimitives.ReadInt32LittleEndian(element),
        2 => BinaryPrimitives.ReadInt16LittleEndian(element),
        _ => element[0],
    };
}
