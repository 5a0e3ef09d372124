using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cnn.CompilerServices;

/// <summary>A reduction across channels as eight chains, whatever the width: chain l holds the channels c with c mod 8 = l.</summary>
internal static class EightLanes
{
    /// <summary>Chains of a reduction, and channels that a block of padding is rounded up to.</summary>
    public const int Count = 8;

    /// <summary>Eight full lanes, then eight empty ones: loaded at 8 - n it is the mask of the first n.</summary>
    private static ReadOnlySpan<uint> Masks => [~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>The mask of the lanes whose channel exists.</summary>
    /// <param name="channel">Channel of the first lane.</param>
    /// <param name="lane">Its chain, channel mod 8.</param>
    /// <param name="channels">Channels that exist.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Mask<TSimd, TVector>(nint channel, nint lane, nint channels)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint existing = nint.Clamp(channels - (channel - lane), 0, Count);
        return TSimd.Load(ref Unsafe.As<uint, float>(ref MemoryMarshal.GetReference(Masks)), Count - existing + lane);
    }

    /// <summary>The largest chain; NaN where one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(ReadOnlySpan<float> chains)
    {
        float max = chains[0];
        foreach (float chain in chains)
            max = float.Max(max, chain);
        return max;
    }

    /// <summary>((0 + 4) + (2 + 6)) + ((1 + 5) + (3 + 7)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(ReadOnlySpan<float> chains)
        => ((chains[0] + chains[4]) + (chains[2] + chains[6])) + ((chains[1] + chains[5]) + (chains[3] + chains[7]));
}
