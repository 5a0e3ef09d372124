using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>
/// Adam and AdamW: g ← g + λw; w ← (1-σ)w; m ← m + (1-β₁)(g - m); v ← β₂v + (1-β₂)g²; w ← w - η/(1-β₁ᵗ) · m /
/// (√v/√(1-β₂ᵗ) + ε).
/// </summary>
/// <remarks>
/// State 0 is m, state 1 is v. Adam has a penalty λ and no shrinkage σ, AdamW the reverse. The two corrections for the start from 0 depend on the step
/// alone and are computed in double. Where w, g, m and v are 0, they stay 0, because ε is not 0.
/// Source: Kingma and Ba, arXiv 1412.6980; Loshchilov and Hutter, arXiv 1711.05101; order of operations as in PyTorch.
/// </remarks>
internal readonly struct AdamUpdate : IUpdateRule
{
    private readonly float _step;
    private readonly float _gradientShare;
    private readonly float _squareDecay;
    private readonly float _squareShare;
    private readonly float _rootScale;
    private readonly float _epsilon;

    /// <summary>The coefficients of one step.</summary>
    /// <param name="learningRate">η.</param>
    /// <param name="beta1">β₁.</param>
    /// <param name="beta2">β₂.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="step">t, from 1.</param>
    public AdamUpdate(float learningRate, double beta1, double beta2, float epsilon, long step)
    {
        _step = (float)(-learningRate / (1 - Math.Pow(beta1, step)));
        _gradientShare = (float)(1 - beta1);
        _squareDecay = (float)beta2;
        _squareShare = (float)(1 - beta2);
        _rootScale = (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, step)));
        _epsilon = epsilon;
    }

    /// <summary>λ, the factor of the parameter that is added to its gradient.</summary>
    public float Penalty { get; init; }

    /// <summary>σ, the part of itself that the parameter loses in each step.</summary>
    public float Shrinkage { get; init; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Run<TSimd, TVector>(ref float w, ref float g, ref float state0, ref float state1, nint count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector penalty = TSimd.Create(Penalty);
        TVector shrinkage = TSimd.Create(-Shrinkage);
        TVector gradientShare = TSimd.Create(_gradientShare);
        TVector squareDecay = TSimd.Create(_squareDecay);
        TVector squareShare = TSimd.Create(_squareShare);
        TVector rootScale = TSimd.Create(_rootScale);
        TVector epsilon = TSimd.Create(_epsilon);
        TVector step = TSimd.Create(_step);
        TVector smallestNormal = TSimd.Create(Denormals.SmallestNormal);
        for (nint i = 0; i < count; i += TSimd.Lanes)
        {
            TVector weight = TSimd.Load(ref w, i);
            TVector gradient = TSimd.MultiplyAdd(penalty, weight, TSimd.Load(ref g, i));
            weight = TSimd.MultiplyAdd(shrinkage, weight, weight);

            TVector mean = TSimd.Load(ref state0, i);
            mean = TSimd.MultiplyAdd(gradientShare, TSimd.Subtract(gradient, mean), mean);
            mean = UpdateKernel.FlushDenormals<TSimd, TVector>(mean, smallestNormal);
            TSimd.Store(mean, ref state0, i);

            TVector square = TSimd.Multiply(squareDecay, TSimd.Load(ref state1, i));
            square = TSimd.MultiplyAdd(TSimd.Multiply(squareShare, gradient), gradient, square);
            square = UpdateKernel.FlushDenormals<TSimd, TVector>(square, smallestNormal);
            TSimd.Store(square, ref state1, i);

            TVector denominator = TSimd.MultiplyAdd(TSimd.Sqrt(square), rootScale, epsilon);
            TSimd.Store(TSimd.MultiplyAdd(step, TSimd.Divide(mean, denominator), weight), ref w, i);
        }
    }
}
