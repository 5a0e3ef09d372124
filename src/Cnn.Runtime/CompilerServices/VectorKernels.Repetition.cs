using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <content>Lanes of which each is repeated: a channel in the lanes of all outputs that read it.</content>
public abstract partial class VectorKernels<TSimd, TVector>
{
    /// <summary>Which numbers of a vector that begins with that of <paramref name="lane"/> go to it and the lanes behind it.</summary>
    /// <param name="lane">The first lane, not negative.</param>
    /// <param name="times">Neighbouring lanes that have the same number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static TVector Repetition(int lane, int times) => TSimd.Repetition(lane % times, times);

    /// <summary>Adds the numbers of one vector in memory, repeated, times another, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void MultiplyAddRepeated(ref float a, nint offset, TVector repetition, TVector v0, ref TVector s0) =>
        s0 = TSimd.MultiplyAdd(TSimd.Permute(TSimd.Load(ref a, offset), repetition), v0, s0);
}
