using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>The gradient of a comparison: all of it to the winner, half of it to each of two that are equal.</summary>
internal static class Halves
{
    /// <summary>sum + dy where winner is more than loser, + dy / 2 where they are equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector AddTo<TSimd, TVector>(TVector sum, TVector dy, TVector winner, TVector loser)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector half = TSimd.And(TSimd.Equals(winner, loser), TSimd.Multiply(dy, TSimd.Create(0.5f)));
        return TSimd.Add(sum, TSimd.Select(TSimd.GreaterThan(winner, loser), dy, half));
    }
}
