namespace Cnn.CompilerServices;

/// <summary>What the losses share.</summary>
internal static class LossMath
{
    /// <summary>
    /// The gradient as a float, with 0 for what would be denormal: a softmax's probabilities go far below 1e-38, and the layers behind would compute on
    /// denormals, up to 100 times slower, for a gradient that changes nothing.
    /// </summary>
    /// <param name="value">The gradient; a NaN stays one.</param>
    public static float ToGradient(double value) => Math.Abs(value) < Denormals.SmallestNormal ? 0 : (float)value;

    /// <summary>The product, which is 0 where the weight is: also of an infinity or a NaN, so that what weighs nothing is not there.</summary>
    public static double Times(double weight, double value) => weight == 0 ? 0 : weight * value;
}
