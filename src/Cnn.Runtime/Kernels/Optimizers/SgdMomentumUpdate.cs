using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Sgd with momentum: g ← g + λw; b ← μb + g; w ← w - ηb, or w - η(g + μb) with Nesterov's.</summary>
/// <remarks>State 0 is b. It starts as 0, so that the first step leaves exactly g in it, as PyTorch does.</remarks>
/// <param name="learningRate">η.</param>
/// <param name="weightDecay">λ.</param>
/// <param name="momentum">μ.</param>
/// <param name="nesterov">Which of the two last steps.</param>
internal readonly struct SgdMomentumUpdate(float learningRate, float weightDecay, float momentum, bool nesterov) : IUpdateRule
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Run<TSimd, TVector>(ref float w, ref float g, ref float state0, ref float state1, nint count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector step = TSimd.Create(-learningRate);
        TVector decay = TSimd.Create(weightDecay);
        TVector kept = TSimd.Create(momentum);
        TVector smallestNormal = TSimd.Create(Denormals.SmallestNormal);
        for (nint i = 0; i < count; i += TSimd.Lanes)
        {
            TVector weight = TSimd.Load(ref w, i);
            TVector gradient = TSimd.MultiplyAdd(decay, weight, TSimd.Load(ref g, i));
            TVector buffer = TSimd.MultiplyAdd(kept, TSimd.Load(ref state0, i), gradient);
            buffer = UpdateKernel.FlushDenormals<TSimd, TVector>(buffer, smallestNormal);
            TSimd.Store(buffer, ref state0, i);
            TVector direction = nesterov ? TSimd.MultiplyAdd(kept, buffer, gradient) : buffer;
            TSimd.Store(TSimd.MultiplyAdd(step, direction, weight), ref w, i);
        }
    }
}
