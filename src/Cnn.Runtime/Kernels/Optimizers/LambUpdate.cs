using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.CompilerServices;

/// <summary>Lamb's second half: w ← w - η u, with u = m/(1-β₁ᵗ) / (√v/√(1-β₂ᵗ) + ε) + λw. State 0 is m, state 1 is v; both stay.</summary>
/// <remarks>Where w, m and v are 0, w stays 0, because ε is not 0.</remarks>
internal readonly struct LambUpdate : IUpdateRule
{
    private readonly float _learningRate;
    private readonly float _meanScale;
    private readonly float _rootScale;
    private readonly float _epsilon;
    private readonly float _decay;

    /// <summary>The coefficients of one step.</summary>
    /// <param name="learningRate">η, with the ratio of the norms in it.</param>
    /// <param name="beta1">β₁.</param>
    /// <param name="beta2">β₂.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="decay">λ.</param>
    /// <param name="step">t, from 1.</param>
    public LambUpdate(float learningRate, double beta1, double beta2, float epsilon, float decay, long step)
    {
        _learningRate = learningRate;
        _meanScale = (float)(1 / (1 - Math.Pow(beta1, step)));
        _rootScale = (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, step)));
        _epsilon = epsilon;
        _decay = decay;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Run<TSimd, TVector>(ref float w, ref float g, ref float state0, ref float state1, nint count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector step = TSimd.Create(-_learningRate);
        TVector meanScale = TSimd.Create(_meanScale);
        TVector rootScale = TSimd.Create(_rootScale);
        TVector epsilon = TSimd.Create(_epsilon);
        TVector decay = TSimd.Create(_decay);
        for (nint i = 0; i < count; i += TSimd.Lanes)
        {
            TVector weight = TSimd.Load(ref w, i);
            TVector denominator = TSimd.MultiplyAdd(TSimd.Sqrt(TSimd.Load(ref state1, i)), rootScale, epsilon);
            TVector direction = TSimd.Divide(TSimd.Multiply(TSimd.Load(ref state0, i), meanScale), denominator);
            direction = TSimd.MultiplyAdd(decay, weight, direction);
            TSimd.Store(TSimd.MultiplyAdd(step, direction, weight), ref w, i);
        }
    }

    /// <summary>
    /// Σ w² and Σ u² of a block. In double and in chains of four, whatever the instruction set, and nothing is fused: the same bits everywhere.
    /// </summary>
    /// <param name="w">Parameters [count].</param>
    /// <param name="means">m [count].</param>
    /// <param name="squares">v [count].</param>
    /// <param name="count">Floats, a multiple of 16.</param>
    public Norms SumSquares(ref float w, ref float means, ref float squares, nint count)
    {
        Vector256<double> weightSum = default;
        Vector256<double> directionSum = default;
        for (nint i = 0; i < count; i += Vector256<float>.Count)
        {
            (Vector256<double> lowWeight, Vector256<double> highWeight) = Vector256.Widen(Vector256.LoadUnsafe(ref w, (nuint)i));
            (Vector256<double> lowMean, Vector256<double> highMean) = Vector256.Widen(Vector256.LoadUnsafe(ref means, (nuint)i));
            (Vector256<double> lowSquare, Vector256<double> highSquare) = Vector256.Widen(Vector256.LoadUnsafe(ref squares, (nuint)i));
            Vector256<double> low = Direction(lowWeight, lowMean, lowSquare);
            Vector256<double> high = Direction(highWeight, highMean, highSquare);
            weightSum = weightSum + (lowWeight * lowWeight) + (highWeight * highWeight);
            directionSum = directionSum + (low * low) + (high * high);
        }

        return new Norms(InOrder(weightSum), InOrder(directionSum));
    }

    private static double InOrder(Vector256<double> chains) => chains[0] + chains[1] + chains[2] + chains[3];

    private Vector256<double> Direction(Vector256<double> weight, Vector256<double> mean, Vector256<double> square) =>
        (mean * (double)_meanScale / ((Vector256.Sqrt(square) * (double)_rootScale) + Vector256.Create((double)_epsilon))) + (weight * (double)_decay);
}
