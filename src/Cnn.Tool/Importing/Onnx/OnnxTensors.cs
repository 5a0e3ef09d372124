using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Onnx;
using static Onnx.TensorProto.Types;

namespace Cnn.Tool.Importing.Onnx;

/// <summary>Tensors of a model or of a <c>.pb</c> file.</summary>
internal static class OnnxTensors
{
    /// <param name="proto">The tensor.</param>
    /// <param name="folder">Where external data lies; null if there must be none.</param>
    /// <exception cref="ImportException">The shape is impossible, the type is not supported, or the data has another length.</exception>
    public static Tensor Read(TensorProto proto, string? folder)
    {
        int[] shape = Tensor.CheckedShape([.. proto.Dims]);
        int length = Tensor.CheckedLength([.. proto.Dims]);
        ReadOnlySpan<byte> raw = proto.DataLocation == DataLocation.External ? ExternalData.Read(proto, folder) : proto.RawData.Span;
        var type = (DataType)proto.DataType;
        bool isRaw = raw.Length > 0;
        return type switch
        {
            DataType.Float => Tensor.OfReals(shape, isRaw ? Raw(raw, length, 4, BinaryPrimitives.ReadSingleLittleEndian) : [.. Given(proto.FloatData, length)]),
            DataType.Double => Tensor.OfReals(shape, isRaw
                ? Raw(raw, length, 8, bytes => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes))
                : [.. Given(proto.DoubleData, length).Select(value => (float)value)]),
            DataType.Float16 => Tensor.OfReals(shape, isRaw
                ? Raw(raw, length, 2, bytes => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes))
                : [.. Given(proto.Int32Data, length).Select(bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits))]),
            DataType.Bfloat16 => Tensor.OfReals(shape, isRaw
                ? Raw(raw, length, 2, bytes => Widened(BinaryPrimitives.ReadUInt16LittleEndian(bytes)))
                : [.. Given(proto.Int32Data, length).Select(bits => Widened((ushort)bits))]),
            DataType.Int64 =>
                Tensor.OfIntegers(shape, isRaw ? Raw(raw, length, 8, BinaryPrimitives.ReadInt64LittleEndian) : [.. Given(proto.Int64Data, length)]),
            DataType.Int32 => Tensor.OfIntegers(shape, isRaw
                ? Raw(raw, length, 4, bytes => (long)BinaryPrimitives.ReadInt32LittleEndian(bytes))
                : [.. Given(proto.Int32Data, length).Select(value => (long)value)]),
            DataType.Bool or DataType.Uint8 => Tensor.OfIntegers(shape, isRaw
                ? Raw(raw, length, 1, bytes => (long)bytes[0])
                : [.. Given(proto.Int32Data, length).Select(value => (long)value)]),
            DataType.Int8 => Tensor.OfIntegers(shape, isRaw
                ? Raw(raw, length, 1, bytes => (long)(sbyte)bytes[0])
                : [.. Given(proto.Int32Data, length).Select(value => (long)value)]),
            _ =>
                throw new ImportException(
                    $"the tensor '{proto.Name}' is of type {TypeName(proto.DataType)}; float, double, float16, bfloat16 and integers are read"),
        };
    }

    public static string TypeName(int type) =>
        Enum.IsDefined((DataType)type) ? ((DataType)type).ToString().ToLowerInvariant() : type.ToString(CultureInfo.InvariantCulture);

    private delegate T Decode<T>(ReadOnlySpan<byte> bytes);

    private static T[] Raw<T>(ReadOnlySpan<byte> raw, int length, int size, Decode<T> decode)
        where T : unmanaged
    {
        if (raw.Length != (long)length * size)
            throw new ImportException($"a tensor of {length} elements has {raw.Length} bytes; {(long)length * size} are needed");
        if (BitConverter.IsLittleEndian && typeof(T) == typeof(float) && size == sizeof(float))
            return MemoryMarshal.Cast<byte, T>(raw).ToArray();
        T[] values = new T[length];
        for (int index = 0; index < values.Length; index++)
            values[index] = decode(raw.Slice(index * size, size));
        return values;
    }

    private static IReadOnlyCollection<T> Given<T>(Google.Protobuf.Collections.RepeatedField<T> values, int length)
    {
        if (values.Count != length)
            throw new ImportException($"a tensor of {length} elements has data for {values.Count}");
        return values;
    }

    private static float Widened(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);
}
