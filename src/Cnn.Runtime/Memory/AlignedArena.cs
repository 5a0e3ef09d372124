using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cnn.CompilerServices;

/// <summary>One block of floats at a 64-byte boundary, zero at the start, with room behind its end that kernels may read.</summary>
/// <remarks>
/// The block is a pinned managed array and not native memory: kernels hold plain references into it, and a reference keeps a managed array alive,
/// so that neither disposal nor collection can pull the memory away under a running kernel. Its elements are cache lines, which lifts the limit
/// of 2 billion floats that an array of floats has.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AlignedArena : IDisposable
{
    /// <summary>Floats behind the end that may be read, and whose content is unspecified but finite unless somebody writes there.</summary>
    public const int Slack = 64;

    private const int LineBytes = 64;
    private const int LineFloats = LineBytes / sizeof(float);
    private readonly nint _offset;
    private Line[]? _lines;

    /// <summary>Reserves the block.</summary>
    /// <param name="length">The number of floats, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative or beyond what one array can hold.</exception>
    public AlignedArena(long length)
    {
        // One line more than needed, because the runtime aligns arrays to 8 bytes only.
        long lines = length < 0 ? -1 : ((length + LineFloats - 1) / LineFloats) + (Slack / LineFloats) + 1;
        if (lines < 0 || lines > Array.MaxLength)
        {
            long most = (Array.MaxLength - (Slack / LineFloats) - 1L) * LineFloats;
            throw new ArgumentOutOfRangeException(
                nameof(length), length, string.Create(CultureInfo.InvariantCulture, $"An arena holds 0 to {most} floats: use a smaller batch."));
        }

        Length = length;
        _lines = GC.AllocateArray<Line>((int)lines, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_lines, 0);
        _offset = (nint)((ulong)-address % LineBytes);
        HugePages.Advise(address, (nint)lines * LineBytes);
    }

    /// <summary>Makes all of the block resident at once, where the system can. For a block that is about to be written in full.</summary>
    internal void BringIn()
    {
        Line[] lines = _lines ?? throw new ObjectDisposedException(nameof(AlignedArena));
        FreshPages.BringIn(Marshal.UnsafeAddrOfPinnedArrayElement(lines, 0), (nint)lines.Length * LineBytes);
    }

    /// <summary>The number of floats.</summary>
    public long Length { get; }

    /// <summary>The first float, at a 64-byte boundary.</summary>
    /// <exception cref="ObjectDisposedException">The arena is disposed.</exception>
    public ref float Start
    {
        get
        {
            Line[]? lines = _lines;
            ObjectDisposedException.ThrowIf(lines is null, this);
            return ref Unsafe.As<byte, float>(ref Unsafe.AddByteOffset(ref Unsafe.As<Line, byte>(ref MemoryMarshal.GetArrayDataReference(lines)), _offset));
        }
    }

    /// <summary>A part of the block.</summary>
    /// <param name="offset">Its first float.</param>
    /// <param name="length">Its number of floats.</param>
    /// <returns>The part, which stays valid, though no longer in use, after disposal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The part is not inside the block.</exception>
    /// <exception cref="ObjectDisposedException">The arena is disposed.</exception>
    public Span<float> Slice(long offset, int length)
    {
        if (offset < 0 || length < 0 || offset > Length - length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(offset),
                string.Create(CultureInfo.InvariantCulture, $"The part of {length} floats from {offset} on is not inside the arena of {Length} floats."));
        }

        return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref Start, (nint)offset), length);
    }

    /// <summary>Gives the block back as soon as nothing refers into it.</summary>
    public void Dispose() => _lines = null;

    [StructLayout(LayoutKind.Sequential, Size = LineBytes)]
    private struct Line;
}
