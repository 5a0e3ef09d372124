using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Cnn.CompilerServices;

/// <summary>Planes of channels in groups to positions, on AVX: destination[p][i groups + g] = source[g inputs + i][p].</summary>
/// <remarks>Blocks of 8 x 8 as in <see cref="Transpose256"/>, whose rows lie anywhere.</remarks>
internal static class GroupTranspose256
{
    /// <summary>Neighbouring lines of a plane are fetched ahead; of more positions, the lines that are written lie in too many pages.</summary>
    private const int PositionsTogether = 64;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        ref float source, nint plane, ref float destination, nint destinationPitch, nint groups, nint inputs, nint positions)
    {
        nint channels = groups * inputs;
        nint wholeChannels = channels & ~7;
        nint wholePositions = positions & ~7;
        for (nint p = 0; p < wholePositions; p += PositionsTogether)
        {
            nint end = nint.Min(p + PositionsTogether, wholePositions);
            for (nint c = 0; c < wholeChannels; c += 8)
                Channels(ref source, plane, ref destination, destinationPitch, (groups, inputs), c, p, end);
        }

        for (nint c = 0; c < channels; c++)
        {
            nint first = c < wholeChannels ? wholePositions : 0;
            nint from = Plane(c, groups, inputs) * plane;
            for (nint p = first; p < positions; p++)
                Unsafe.Add(ref destination, (p * destinationPitch) + c) = Unsafe.Add(ref source, from + p);
        }
    }

    private static nint Plane(nint channel, nint groups, nint inputs) => (channel % groups * inputs) + (channel / groups);

    /// <summary>Eight neighbouring channels of the destination.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Channels(
        ref float source, nint plane, ref float destination, nint destinationPitch, (nint Groups, nint Inputs) map, nint channel, nint from, nint end)
    {
        ref float row0 = ref Unsafe.Add(ref source, Plane(channel, map.Groups, map.Inputs) * plane);
        ref float row1 = ref Unsafe.Add(ref source, Plane(channel + 1, map.Groups, map.Inputs) * plane);
        ref float row2 = ref Unsafe.Add(ref source, Plane(channel + 2, map.Groups, map.Inputs) * plane);
        ref float row3 = ref Unsafe.Add(ref source, Plane(channel + 3, map.Groups, map.Inputs) * plane);
        ref float row4 = ref Unsafe.Add(ref source, Plane(channel + 4, map.Groups, map.Inputs) * plane);
        ref float row5 = ref Unsafe.Add(ref source, Plane(channel + 5, map.Groups, map.Inputs) * plane);
        ref float row6 = ref Unsafe.Add(ref source, Plane(channel + 6, map.Groups, map.Inputs) * plane);
        ref float row7 = ref Unsafe.Add(ref source, Plane(channel + 7, map.Groups, map.Inputs) * plane);
        for (nint p = from; p < end; p += 4)
        {
            Vector256<float> rows04 = Rows(ref row0, ref row4, p), rows15 = Rows(ref row1, ref row5, p);
            Vector256<float> rows26 = Rows(ref row2, ref row6, p), rows37 = Rows(ref row3, ref row7, p);
            Vector256<float> even01 = Avx.UnpackLow(rows04, rows26), odd01 = Avx.UnpackLow(rows15, rows37);
            Vector256<float> even23 = Avx.UnpackHigh(rows04, rows26), odd23 = Avx.UnpackHigh(rows15, rows37);
            ref float to = ref Unsafe.Add(ref destination, (p * destinationPitch) + channel);
            Avx.UnpackLow(even01, odd01).StoreUnsafe(ref to);
            Avx.UnpackHigh(even01, odd01).StoreUnsafe(ref Unsafe.Add(ref to, destinationPitch));
            Avx.UnpackLow(even23, odd23).StoreUnsafe(ref Unsafe.Add(ref to, 2 * destinationPitch));
            Avx.UnpackHigh(even23, odd23).StoreUnsafe(ref Unsafe.Add(ref to, 3 * destinationPitch));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Rows(ref float first, ref float second, nint position)
        => Vector256.Create(Vector128.LoadUnsafe(ref first, (nuint)position), Vector128.LoadUnsafe(ref second, (nuint)position));
}
