using System.Runtime.InteropServices;

namespace Cnn.CompilerServices;

/// <summary>Moves numbers of images between channels first [channels, positions] and channels last [positions, channels].</summary>
internal static class ChannelOrder
{
    /// <summary>From channels first to channels last.</summary>
    /// <param name="source">Whole images.</param>
    /// <param name="target">As many numbers.</param>
    /// <param name="channels">Channels of an image.</param>
    /// <param name="positions">Positions of an image.</param>
    public static void ToLast(ReadOnlySpan<float> source, Span<float> target, int channels, int positions) => Transpose(source, target, channels, positions);

    /// <summary>From channels last to channels first.</summary>
    /// <inheritdoc cref="ToLast"/>
    public static void ToFirst(ReadOnlySpan<float> source, Span<float> target, int channels, int positions) => Transpose(source, target, positions, channels);

    private static void Transpose(ReadOnlySpan<float> source, Span<float> target, int rows, int columns)
    {
        int length = rows * columns;
        for (int start = 0; start < source.Length; start += length)
        {
            ref float from = ref MemoryMarshal.GetReference(source.Slice(start, length));
            ref float to = ref MemoryMarshal.GetReference(target.Slice(start, length));
            Packing.TransposeBlock(ref from, columns, ref to, rows, rows, columns);
        }
    }
}
