namespace Cnn.CompilerServices;

/// <summary>
/// Focal loss of a logit x and a target t: w (1 - q)^γ · binary cross-entropy, with p = σ(x), q = pt + (1-p)(1-t) and w = αt + (1-α)(1-t), or 1
/// without α.
/// </summary>
/// <remarks>With m = 1 - q, dm/dx = (1 - 2t) p (1 - p). Source: torchvision, <c>sigmoid_focal_loss</c>; Lin et al., arXiv 1708.02002.</remarks>
/// <param name="gamma">γ, not negative.</param>
/// <param name="alpha">α; null for none.</param>
internal readonly struct FocalError(float gamma, float? alpha) : IElementError
{
    /// <inheritdoc/>
    public static string Name => "Focal";

    /// <inheritdoc/>
    public static bool ContainsSigmoid => true;

    /// <inheritdoc/>
    public double Evaluate(double output, double target, out double slope)
    {
        double entropy = default(LogisticError).Evaluate(output, target, out double entropySlope);
        double right = LogisticError.Sigmoid(output);
        double wrong = LogisticError.Sigmoid(-output);
        double missed = (right * (1 - target)) + (wrong * target);
        double weight = alpha is { } share ? (share * target) + ((1 - (double)share) * (1 - target)) : 1;
        double factor = Math.Pow(missed, gamma);
        double factorSlope = gamma == 0 || missed == 0 ? 0 : gamma * Math.Pow(missed, gamma - 1) * (1 - (2 * target)) * right * wrong;
        slope = weight * ((factor * entropySlope) + (factorSlope * entropy));
        return weight * factor * entropy;
    }
}
