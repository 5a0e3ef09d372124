namespace Cnn.Imaging.Decoding;

/// <summary>The orientation in an EXIF block (JEITA CP-3451: a TIFF structure, tag 0x0112 of its first directory).</summary>
internal static class Exif
{
    private const int OrientationTag = 0x0112;
    private const int EntryBytes = 12;

    private static ReadOnlySpan<byte> Prefix => "Exif\0\0"u8;

    /// <summary>From 1 to 8; 1, as it lies, where nothing else is said or the block is damaged: it is a remark, and no part of the picture.</summary>
    /// <param name="block">With or without the letters <c>Exif</c> before the TIFF structure.</param>
    public static int Orientation(ReadOnlySpan<byte> block)
    {
        if (block.StartsWith(Prefix))
            block = block[Prefix.Length..];
        if (block.Length < 8 || !(block.StartsWith("II"u8) || block.StartsWith("MM"u8)))
            return 1;
        ByteOrder order = new(isLittle: block[0] == 'I');
        uint directory = order.UInt32(block[4..]);
        if (order.UInt16(block[2..]) != 42 || directory > block.Length - 2)
            return 1;
        ReadOnlySpan<byte> entries = block[(int)directory..];
        int count = order.UInt16(entries);
        entries = entries[2..];
        for (int i = 0; i < count && entries.Length >= EntryBytes; i++, entries = entries[EntryBytes..])
        {
            if (order.UInt16(entries) == OrientationTag)
                return order.UInt16(entries[8..]) is >= 1 and <= 8 and int orientation ? orientation : 1;
        }

        return 1;
    }
}
