using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Cnn.CompilerServices;

/// <summary>From planes to channels last on AVX, whose blocks of eight positions run on from one row of a map into the next, across its border.</summary>
internal static class PlaneTranspose256
{
    /// <summary>Neighbouring lines of a plane are fetched ahead; of more positions, the lines that are written lie in too many pages.</summary>
    private const int Together = 64;

    /// <summary>Positions and channels of a block.</summary>
    private const int Side = Transpose256.Side;

    /// <summary>Whether it knows how to: of few channels that lie one position right behind the other, a block would write over the next ones.</summary>
    public static bool Fits(int channels, nint pitch) => pitch > channels || channels >= Side;

    /// <summary>Some positions of an image.</summary>
    /// <param name="source">[channels][plane].</param>
    /// <param name="plane">Floats from one channel to the next.</param>
    /// <param name="destination">The first position of the first row.</param>
    /// <param name="map">How it lies.</param>
    /// <param name="channels">Channels of the image.</param>
    /// <param name="first">The first position.</param>
    /// <param name="end">Behind the last one.</param>
    /// <param name="ahead">From a position to the one that is brought a row later, whose cache line is asked for; 0 for none.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref float source, nint plane, ref float destination, MapPlaces map, int channels, nint first, nint end, nint ahead = 0)
    {
        Span<int> places = stackalloc int[Together];
        ref int place = ref MemoryMarshal.GetReference(places);
        // Blocks may overlap: they write the same twice.
        nint last = nint.Max(first, end - Side);
        for (nint c = first; c < end; c += Together)
        {
            nint start = nint.Min(c, last);
            int count = (int)nint.Min(Together, end - start);
            map.Fill(places, start, count);
            ref float from = ref Unsafe.Add(ref source, start);
            if (count < Side)
                Few(ref from, plane, ref destination, ref place, count, channels, map.Pitch);
            else
                Many(ref from, plane, ref destination, ref place, count, channels, map.Pitch, ahead);
        }
    }

    /// <summary>At least eight positions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Many(ref float source, nint plane, ref float destination, ref int places, int count, int channels, nint pitch, nint ahead)
    {
        int channel = 0;
        // Two at a time, so that lines of the destination are written whole, as in Transpose256.
        for (; channel + (2 * Side) <= channels; channel += 2 * Side)
            Pairs(ref Unsafe.Add(ref source, channel * plane), plane, ref Unsafe.Add(ref destination, channel), ref places, count, pitch, ahead);
        if (channel + Side <= channels)
        {
            Blocks(ref Unsafe.Add(ref source, channel * plane), plane, ref Unsafe.Add(ref destination, channel), ref places, count, pitch);
            channel += Side;
        }

        if (channel < channels && pitch == channels)
        {
            channel = channels - Side;
            Blocks(ref Unsafe.Add(ref source, channel * plane), plane, ref Unsafe.Add(ref destination, channel), ref places, count, pitch);
        }
        else
        {
            if (channel < channels)
            {
                Last(
                    ref Unsafe.Add(ref source, channel * plane), plane, ref Unsafe.Add(ref destination, channel), ref places, count, channels - channel,
                    pitch);
                channel += Side;
            }

            Clear(ref destination, ref places, count, channel, pitch);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Pairs(ref float source, nint plane, ref float destination, ref int places, int count, nint pitch, nint ahead)
    {
        ref float second = ref Unsafe.Add(ref source, Side * plane);
        for (int column = 0; column < count; column += Side)
        {
            int at = int.Min(column, count - Side);
            // A line has the positions of two blocks: of each, half of the channels.
            if (ahead > 0)
                Ask(ref Unsafe.Add(ref ((column & Side) == 0 ? ref source : ref second), at + ahead), plane);
            Block(ref Unsafe.Add(ref source, at), plane, ref destination, ref Unsafe.Add(ref places, at), pitch);
            Block(ref Unsafe.Add(ref second, at), plane, ref Unsafe.Add(ref destination, Side), ref Unsafe.Add(ref places, at), pitch);
        }
    }

    /// <summary>Asks for a cache line of each of eight channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Ask(ref float source, nint plane)
    {
        for (int channel = 0; channel < Side; channel++)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref source, channel * plane)));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Blocks(ref float source, nint plane, ref float destination, ref int places, int count, nint pitch)
    {
        for (int column = 0; column < count; column += Side)
        {
            int at = int.Min(column, count - Side);
            Block(ref Unsafe.Add(ref source, at), plane, ref destination, ref Unsafe.Add(ref places, at), pitch);
        }
    }

    /// <summary>The last channels, which are fewer than eight, and zeros behind them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Last(ref float source, nint plane, ref float destination, ref int places, int count, int channels, nint pitch)
    {
        if (channels <= Transpose256.Few)
        {
            FewLast(ref source, plane, ref destination, ref places, count, channels);
            return;
        }

        Span<float> rows = stackalloc float[Side * Side];
        rows.Clear();
        ref float row = ref MemoryMarshal.GetReference(rows);
        for (int column = 0; column < count; column += Side)
        {
            int at = int.Min(column, count - Side);
            for (int channel = 0; channel < channels; channel++)
                Vector256.LoadUnsafe(ref Unsafe.Add(ref source, (channel * plane) + at)).StoreUnsafe(ref Unsafe.Add(ref row, channel * Side));
            Block(ref row, Side, ref destination, ref Unsafe.Add(ref places, at), pitch);
        }
    }

    /// <summary>The last channels, of which a position's fit into half a vector, and zeros behind them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void FewLast(ref float source, nint plane, ref float destination, ref int places, int count, int channels)
    {
        ref float second = ref Unsafe.Add(ref source, channels > 1 ? plane : 0);
        ref float third = ref Unsafe.Add(ref source, channels > 2 ? 2 * plane : 0);
        ref float fourth = ref Unsafe.Add(ref source, channels > 3 ? 3 * plane : 0);
        Vector128<float> lanes = Vector128.LessThan(Vector128.Create(0, 1, 2, 3), Vector128.Create(channels)).AsSingle();
        for (int column = 0; column < count; column += Side)
        {
            int at = int.Min(column, count - Side);
            Transpose256.FewColumns(
                Vector256.LoadUnsafe(ref source, (nuint)at), Vector256.LoadUnsafe(ref second, (nuint)at), Vector256.LoadUnsafe(ref third, (nuint)at),
                Vector256.LoadUnsafe(ref fourth, (nuint)at), out Vector256<float> columns04, out Vector256<float> columns15,
                out Vector256<float> columns26, out Vector256<float> columns37);
            ref int place = ref Unsafe.Add(ref places, at);
            (columns04.GetLower() & lanes).ToVector256().StoreUnsafe(ref Unsafe.Add(ref destination, place));
            (columns15.GetLower() & lanes).ToVector256().StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref place, 1)));
            (columns26.GetLower() & lanes).ToVector256().StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref place, 2)));
            (columns37.GetLower() & lanes).ToVector256().StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref place, 3)));
            (columns04.GetUpper() & lanes).ToVector256().StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref place, 4)));
            (columns15.GetUpper() & lanes).ToVector256().StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref place, 5)));
            (columns26.GetUpper() & lanes).ToVector256().StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref place, 6)));
            (columns37.GetUpper() & lanes).ToVector256().StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref place, 7)));
        }
    }

    /// <summary>Fewer than eight positions: those of a row of a small map, or all of it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Few(ref float source, nint plane, ref float destination, ref int places, int count, int channels, nint pitch)
    {
        int whole = count >= 4 ? channels & ~(Side - 1) : 0;
        for (int channel = 0; channel < whole; channel += Side)
        {
            ref float from = ref Unsafe.Add(ref source, channel * plane);
            ref float to = ref Unsafe.Add(ref destination, channel);
            Half(ref from, plane, ref to, ref places);
            if (count > 4)
                Half(ref Unsafe.Add(ref from, count - 4), plane, ref to, ref Unsafe.Add(ref places, count - 4));
        }

        for (int index = 0; index < count; index++)
        {
            ref float to = ref Unsafe.Add(ref destination, Unsafe.Add(ref places, index));
            for (int channel = whole; channel < channels; channel++)
                Unsafe.Add(ref to, channel) = Unsafe.Add(ref source, (channel * plane) + index);
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref to, channels), (int)pitch - channels).Clear();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(ref float source, nint plane, ref float destination, ref int places, nint pitch)
    {
        int first = places;
        if (Unsafe.Add(ref places, Side - 1) - first == (Side - 1) * pitch)
        {
            Transpose256.Block(ref source, plane, ref Unsafe.Add(ref destination, first), pitch);
            return;
        }

        Half(ref source, plane, ref destination, ref places);
        Half(ref Unsafe.Add(ref source, 4), plane, ref destination, ref Unsafe.Add(ref places, 4));
    }

    /// <summary>Four positions of eight channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half(ref float source, nint plane, ref float destination, ref int places)
    {
        Transpose256.Columns(ref source, plane, out Vector256<float> column0, out Vector256<float> column1, out Vector256<float> column2,
            out Vector256<float> column3);
        column0.StoreUnsafe(ref Unsafe.Add(ref destination, places));
        column1.StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref places, 1)));
        column2.StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref places, 2)));
        column3.StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref places, 3)));
    }

    /// <summary>Zeros in the lanes from one on, a multiple of eight of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clear(ref float destination, ref int places, int count, int from, nint pitch)
    {
        for (nint lane = from; lane < pitch; lane += Side)
        {
            for (int index = 0; index < count; index++)
                Vector256<float>.Zero.StoreUnsafe(ref Unsafe.Add(ref destination, Unsafe.Add(ref places, index) + lane));
        }
    }
}
