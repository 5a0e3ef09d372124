using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Cnn.CompilerServices;

namespace Cnn.Tool.Measuring;

/// <summary>Measures how many multiply-adds a second the machine can do on the instruction set in use: what every figure is a share of.</summary>
/// <remarks>12 independent chains in registers, which is more than two units with a latency of 4 cycles can use.</remarks>
internal sealed class PeakMeter(int threads) : IParallelRegion, IDisposable
{
    private const int Steps = 1_000_000;
    private const int Chains = 12;
    private readonly WorkerTeam _team = new(threads);
    private readonly float[] _sinks = new float[threads * 64];

    /// <summary>Multiply-adds a second of all threads together, now.</summary>
    public double Measure()
    {
        long start = Stopwatch.GetTimestamp();
        _team.Run(this);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (double)Steps * Chains * Lanes * _team.Count / seconds;
    }

    public void Dispose() => _team.Dispose();

    void IParallelRegion.Run(in Worker worker) => _sinks[worker.Index * 64] = InstructionSets.Current switch
    {
        InstructionSet.Avx512 => Loop<Simd512, Vector512<float>>(),
        InstructionSet.Avx2 => Loop<Simd256, Vector256<float>>(),
        InstructionSet.Neon or InstructionSet.Wasm => Loop<Simd128, Vector128<float>>(),
        _ => Loop<SimdScalar, float>(),
    };

    private static int Lanes => InstructionSets.Current switch
    {
        InstructionSet.Avx512 => 16,
        InstructionSet.Avx2 => 8,
        InstructionSet.Neon or InstructionSet.Wasm => 4,
        _ => 1,
    };

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Loop<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector a = TSimd.Create(0.999f), b = TSimd.Create(0.001f);
        TVector c0 = b, c1 = b, c2 = b, c3 = b, c4 = b, c5 = b, c6 = b, c7 = b, c8 = b, c9 = b, c10 = b, c11 = b;
        for (int step = 0; step < Steps; step++)
        {
            c0 = TSimd.MultiplyAdd(a, b, c0);
            c1 = TSimd.MultiplyAdd(a, b, c1);
            c2 = TSimd.MultiplyAdd(a, b, c2);
            c3 = TSimd.MultiplyAdd(a, b, c3);
            c4 = TSimd.MultiplyAdd(a, b, c4);
            c5 = TSimd.MultiplyAdd(a, b, c5);
            c6 = TSimd.MultiplyAdd(a, b, c6);
            c7 = TSimd.MultiplyAdd(a, b, c7);
            c8 = TSimd.MultiplyAdd(a, b, c8);
            c9 = TSimd.MultiplyAdd(a, b, c9);
            c10 = TSimd.MultiplyAdd(a, b, c10);
            c11 = TSimd.MultiplyAdd(a, b, c11);
        }

        TVector sum = TSimd.Add(TSimd.Add(TSimd.Add(c0, c1), TSimd.Add(c2, c3)), TSimd.Add(TSimd.Add(c4, c5), TSimd.Add(c6, c7)));
        sum = TSimd.Add(sum, TSimd.Add(TSimd.Add(c8, c9), TSimd.Add(c10, c11)));
        Span<float> lanes = stackalloc float[TSimd.Lanes];
        TSimd.Store(sum, ref lanes[0], 0);
        return lanes[0];
    }
}
