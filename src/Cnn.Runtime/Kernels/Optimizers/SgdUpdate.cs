using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Sgd without momentum: w ← w - η(g + λw).</summary>
/// <param name="learningRate">η.</param>
/// <param name="weightDecay">λ.</param>
internal readonly struct SgdUpdate(float learningRate, float weightDecay) : IUpdateRule
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Run<TSimd, TVector>(ref float w, ref float g, ref float state0, ref float state1, nint count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector step = TSimd.Create(-learningRate);
        TVector decay = TSimd.Create(weightDecay);
        for (nint i = 0; i < count; i += TSimd.Lanes)
        {
            TVector weight = TSimd.Load(ref w, i);
            TVector gradient = TSimd.MultiplyAdd(decay, weight, TSimd.Load(ref g, i));
            TSimd.Store(TSimd.MultiplyAdd(step, gradient, weight), ref w, i);
        }
    }
}
