namespace Cnn.Imaging.Decoding.Webp;

/// <summary>
/// Luma or chroma of a lossy frame, with a row above and a column on the left from which the first macroblocks are predicted: 127 above and
/// 129 on the left (RFC 6386, section 12.2).
/// </summary>
internal sealed class Plane
{
    /// <summary>What is looked at beyond the right edge of the row above.</summary>
    private const int Beyond = 4;

    public Plane(int width, int height)
    {
        Stride = width + 1 + Beyond;
        Values = new byte[checked(Stride * (height + 1))];
        Values.AsSpan(0, Stride).Fill(127);
        for (int y = 1; y <= height; y++)
            Values[y * Stride] = 129;
    }

    public byte[] Values { get; }

    public int Stride { get; }

    /// <summary>Where a value lies; -1 is the border's column or row.</summary>
    public int At(int x, int y) => ((y + 1) * Stride) + x + 1;
}
