using System.Runtime.InteropServices;

namespace Cnn.CompilerServices;

/// <summary>A number alone on its pair of cache lines (processors fetch lines in pairs of 128 bytes), so that writing it disturbs no neighbour.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct PaddedCounter
{
    /// <summary>The number.</summary>
    [FieldOffset(128)]
    public int Value;
}
