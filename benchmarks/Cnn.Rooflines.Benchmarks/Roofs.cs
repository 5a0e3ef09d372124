using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Cnn.Benchmarks.Measuring;
using Cnn.Tool.Measuring;

namespace Cnn.Rooflines.Benchmarks;

/// <summary>What one core can do at most: multiply-adds of registers, and floats that are read in order from each level.</summary>
/// <param name="MultiplyAdds">A nanosecond.</param>
/// <param name="Floats">A nanosecond, by level.</param>
/// <param name="SecondCacheBytes">What lies in the second-level cache at most.</param>
/// <param name="ThirdCacheBytes">What lies in the third-level cache at most.</param>
internal sealed record Roofs(double MultiplyAdds, IReadOnlyDictionary<Level, double> Floats, long SecondCacheBytes, long ThirdCacheBytes)
{
    private const int Samples = 15;

    /// <summary>Larger than any cache of a server's core.</summary>
    private const long BeyondCaches = 512L << 20;

    private const double BytesOfSample = 1e9;

    /// <summary>Measures this machine.</summary>
    public static Roofs Measure(long secondCacheBytes, long thirdCacheBytes)
    {
        using PeakMeter peak = new(1);
        double multiplyAdds = Enumerable.Range(0, Samples).Max(_ => peak.Measure()) / 1e9;
        return new Roofs(multiplyAdds, new Dictionary<Level, double>
        {
            [Level.SecondCache] = FloatsPerNanosecond(secondCacheBytes / 2),
            [Level.ThirdCache] = FloatsPerNanosecond(Math.Max(2 * secondCacheBytes, thirdCacheBytes / 4)),
            [Level.Memory] = FloatsPerNanosecond(BeyondCaches),
        }, secondCacheBytes, thirdCacheBytes);
    }

    /// <summary>Where something lies that is used again and again and is so large.</summary>
    public Level Of(double floats) => (sizeof(float) * floats) switch
    {
        var bytes when bytes <= SecondCacheBytes => Level.SecondCache,
        var bytes when bytes <= ThirdCacheBytes => Level.ThirdCache,
        _ => Level.Memory,
    };

    private static double FloatsPerNanosecond(long bytes)
    {
        float[] numbers = GC.AllocateArray<float>((int)(bytes / sizeof(float)), pinned: true);
        Array.Fill(numbers, 1);
        int repeats = Math.Max(1, (int)(BytesOfSample / bytes / Samples));
        float sink = 0;
        double[] seconds = [.. Enumerable.Range(0, Samples).Select(_ =>
        {
            long start = Stopwatch.GetTimestamp();
            for (int repeat = 0; repeat < repeats; repeat++)
                sink += Sum(numbers);
            return Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
        })];
        GC.KeepAlive(sink);
        return numbers.Length / Sampling.Median(seconds) / 1e9;
    }

    /// <summary>Eight sums at a time, so that the loads are what takes the time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Sum(ReadOnlySpan<float> numbers)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(numbers);
        Vector<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (; vectors.Length >= 8; vectors = vectors[8..])
        {
            a += vectors[0];
            b += vectors[1];
            c += vectors[2];
            d += vectors[3];
            e += vectors[4];
            f += vectors[5];
            g += vectors[6];
            h += vectors[7];
        }

        return Vector.Sum(a + b + c + d + e + f + g + h);
    }
}
