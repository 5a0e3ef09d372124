using System.Buffers.Binary;

namespace Cnn.Imaging.Decoding.Jpeg;

/// <summary>The header of a frame (ITU-T T.81, B.2.2).</summary>
internal sealed class JpegFrame
{
    public required int Width { get; init; }

    public required int Height { get; init; }

    public required bool IsProgressive { get; init; }

    public required JpegComponent[] Components { get; init; }

    public int MostHorizontal => Components.Max(component => component.Horizontal);

    public int MostVertical => Components.Max(component => component.Vertical);

    public int UnitsAcross => Blocks(Width, 8 * MostHorizontal);

    public int UnitsDown => Blocks(Height, 8 * MostVertical);

    public static JpegFrame Read(ReadOnlySpan<byte> segment, bool isProgressive)
    {
        if (segment.Length < 6 || segment.Length != 6 + (3 * segment[5]))
            throw PictureException.Damaged("JPEG", "the header of its frame has another length");
        if (segment[0] != 8)
            throw PictureException.Unsupported("JPEG", $"samples of {segment[0]} bits");
        int height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        if (width == 0 || height == 0)
            throw PictureException.Damaged("JPEG", $"its size is {width}x{height}");
        if (segment[5] is not (1 or 3 or 4))
            throw PictureException.Unsupported("JPEG", $"{segment[5]} components");
        JpegComponent[] components = new JpegComponent[segment[5]];
        for (int i = 0; i < components.Length; i++)
        {
            ReadOnlySpan<byte> entry = segment[(6 + (3 * i))..];
            components[i] = new JpegComponent { Identifier = entry[0], Horizontal = entry[1] >> 4, Vertical = entry[1] & 15, Quantization = entry[2] };
            if (components[i].Horizontal is < 1 or > 4 || components[i].Vertical is < 1 or > 4 || components[i].Quantization > 3)
                throw PictureException.Damaged("JPEG", "a component has a sampling or a table that there is not");
        }

        // The samples of a frame with one component lie in order, whatever their sampling is called (A.2.2).
        if (components.Length == 1)
            components[0] = new() { Identifier = components[0].Identifier, Horizontal = 1, Vertical = 1, Quantization = components[0].Quantization };
        return new JpegFrame { Width = width, Height = height, IsProgressive = isProgressive, Components = components };
    }

    /// <summary>Makes room for samples, and for coefficients where several scans write them.</summary>
    public void Allocate()
    {
        foreach (JpegComponent component in Components)
        {
            component.Width = Blocks(Width * component.Horizontal, MostHorizontal);
            component.Height = Blocks(Height * component.Vertical, MostVertical);
            component.BlocksAcross = UnitsAcross * component.Horizontal;
            component.BlocksDown = UnitsDown * component.Vertical;
            int samples = checked(component.BlocksAcross * component.BlocksDown * 64);
            component.Samples = new byte[samples];
            if (IsProgressive)
                component.Coefficients = new short[samples];
        }
    }

    private static int Blocks(int length, int size) => (length + size - 1) / size;
}
