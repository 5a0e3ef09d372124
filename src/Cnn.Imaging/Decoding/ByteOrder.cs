using System.Buffers.Binary;

namespace Cnn.Imaging.Decoding;

/// <summary>Numbers of a TIFF structure, whose first bytes say which end comes first.</summary>
/// <param name="isLittle">Whether the least significant byte comes first.</param>
internal readonly struct ByteOrder(bool isLittle)
{
    public int UInt16(ReadOnlySpan<byte> bytes) => isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    public uint UInt32(ReadOnlySpan<byte> bytes) => isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
