namespace Cnn.CompilerServices;

/// <summary>Binary cross-entropy of a logit x and a target t: max(x, 0) - xt + log(1 + exp(-|x|)), with slope σ(x) - t.</summary>
/// <remarks>This form never takes the exponential of a positive number, so it cannot overflow. Source: PyTorch, <c>BCEWithLogitsLoss</c>.</remarks>
internal readonly struct LogisticError : IElementError
{
    /// <inheritdoc/>
    public static string Name => "BinaryCrossEntropy";

    /// <inheritdoc/>
    public static bool ContainsSigmoid => true;

    /// <summary>σ(x), without taking the exponential of a positive number.</summary>
    public static double Sigmoid(double x)
    {
        double exponential = Math.Exp(-Math.Abs(x));
        return x >= 0 ? 1 / (1 + exponential) : exponential / (1 + exponential);
    }

    /// <inheritdoc/>
    public double Evaluate(double output, double target, out double slope)
    {
        double exponential = Math.Exp(-Math.Abs(output));
        double sigmoid = output >= 0 ? 1 / (1 + exponential) : exponential / (1 + exponential);
        slope = sigmoid - target;
        return Math.Max(output, 0) - (output * target) + Log1p(exponential);
    }

    /// <summary>log(1 + x) for x in [0, 1] without losing what 1 + x rounds away. Source: Kahan; Goldberg 1991, theorem 4.</summary>
    private static double Log1p(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }
}
