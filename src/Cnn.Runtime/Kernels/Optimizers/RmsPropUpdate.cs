using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>RmsProp: g ← g + λw; v ← αv + (1-α)g²; d ← g/(√v + ε); with momentum d ← b ← μb + d; w ← w - ηd.</summary>
/// <remarks>State 0 is v, state 1 is b and is there only with momentum. Where w, g, v and b are 0, they stay 0, because ε is not 0.</remarks>
/// <param name="learningRate">η.</param>
/// <param name="alpha">α.</param>
/// <param name="epsilon">ε.</param>
/// <param name="weightDecay">λ.</param>
/// <param name="momentum">μ.</param>
internal readonly struct RmsPropUpdate(float learningRate, double alpha, float epsilon, float weightDecay, float momentum) : IUpdateRule
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Run<TSimd, TVector>(ref float w, ref float g, ref float state0, ref float state1, nint count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector step = TSimd.Create(-learningRate);
        TVector decay = TSimd.Create(weightDecay);
        TVector squareDecay = TSimd.Create((float)alpha);
        TVector squareShare = TSimd.Create((float)(1 - alpha));
        TVector offset = TSimd.Create(epsilon);
        TVector kept = TSimd.Create(momentum);
        TVector smallestNormal = TSimd.Create(Denormals.SmallestNormal);
        for (nint i = 0; i < count; i += TSimd.Lanes)
        {
            TVector weight = TSimd.Load(ref w, i);
            TVector gradient = TSimd.MultiplyAdd(decay, weight, TSimd.Load(ref g, i));

            TVector square = TSimd.Multiply(squareDecay, TSimd.Load(ref state0, i));
            square = TSimd.MultiplyAdd(TSimd.Multiply(squareShare, gradient), gradient, square);
            square = UpdateKernel.FlushDenormals<TSimd, TVector>(square, smallestNormal);
            TSimd.Store(square, ref state0, i);

            TVector direction = TSimd.Divide(gradient, TSimd.Add(TSimd.Sqrt(square), offset));
            if (momentum != 0)
            {
                direction = TSimd.MultiplyAdd(kept, TSimd.Load(ref state1, i), direction);
                direction = UpdateKernel.FlushDenormals<TSimd, TVector>(direction, smallestNormal);
                TSimd.Store(direction, ref state1, i);
            }

            TSimd.Store(TSimd.MultiplyAdd(step, direction, weight), ref w, i);
        }
    }
}
