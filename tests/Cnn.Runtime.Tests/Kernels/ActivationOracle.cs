namespace Cnn.Runtime.Tests.Kernels;

/// <summary>An activation in double: the only thing that tests need for each.</summary>
/// <param name="Name">Of the definition.</param>
/// <param name="Torch">The same in PyTorch, of x and the numbers in a list a.</param>
/// <param name="Of">The function for the numbers, in the order of the definition.</param>
/// <param name="Samples">Numbers to test, other than the defaults.</param>
internal sealed record ActivationOracle(string Name, string Torch, Func<double[], ActivationFunction> Of, params double[][] Samples)
{
    public static IReadOnlyList<ActivationOracle> All { get; } =
    [
        new("ReLU", "F.relu(x)", _ => new(x => Math.Max(x, 0), x => x > 0 ? 1 : 0, 0)),
        new("ReLU6", "F.relu6(x)", _ => new(x => Math.Clamp(x, 0, 6), x => x is > 0 and < 6 ? 1 : 0, 0, 6)),
        new("LeakyReLU", "F.leaky_relu(x, a[0])", a => new(x => x > 0 ? x : a[0] * x, x => x > 0 ? 1 : a[0], 0), [0.0], [0.2], [1.5]),
        new("ThresholdedReLU", "torch.where(x > a[0], x, 0)", a => new(x => x > a[0] ? x : 0, x => x > a[0] ? 1 : 0, a[0]), [0.25], [-0.5]),
        new("ELU", "F.elu(x, a[0])", a => new(x => x > 0 ? x : a[0] * Oracle.Expm1(x), x => x > 0 ? 1 : a[0] * Math.Exp(x), 0), [1.5], [0.5]),
        new(
            "CELU",
            "F.celu(x, a[0])",
            a => new(x => x > 0 ? x : a[0] * Oracle.Expm1(x / a[0]), x => x > 0 ? 1 : Math.Exp(x / a[0])) { Bends = [0] },
            [1.5],
            [0.5]),
        new("SELU", "F.selu(x)", _ => ScaledExponential()),
        new("GELU", "F.gelu(x)", _ => Gaussian()),
        new("GELUTanh", "F.gelu(x, approximate='tanh')", _ => GaussianByTanh()),
        new("SiLU", "F.silu(x)", _ => new(x => x * Oracle.Sigmoid(x), x => Oracle.Sigmoid(x) * (1 + (x * (1 - Oracle.Sigmoid(x)))))),
        new("Mish", "F.mish(x)", _ => new(x => x * Math.Tanh(Softplus(x)), MishSlope)),
        new("Sigmoid", "torch.sigmoid(x)", _ => new(Oracle.Sigmoid, x => Oracle.Sigmoid(x) * (1 - Oracle.Sigmoid(x)))),
        new("Tanh", "torch.tanh(x)", _ => new(Math.Tanh, x => 1 - (Math.Tanh(x) * Math.Tanh(x)))),
        new("Softplus", "F.softplus(x, threshold=1e9)", _ => new(Softplus, Oracle.Sigmoid)),
        new("Softsign", "F.softsign(x)", _ => new(x => x / (1 + Math.Abs(x)), x => 1 / ((1 + Math.Abs(x)) * (1 + Math.Abs(x)))) { Bends = [0] }),
        new(
            "HardSigmoid",
            "torch.clamp(a[0] * x + a[1], 0, 1)",
            a => new(x => Math.Clamp((a[0] * x) + a[1], 0, 1), x => (a[0] * x) + a[1] is > 0 and < 1 ? a[0] : 0, -a[1] / a[0], (1 - a[1]) / a[0]),
            [0.25, 0.375]),
        new("HardSwish", "F.hardswish(x)", _ => new(x => x * Math.Clamp(x + 3, 0, 6) / 6, x => x <= -3 ? 0 : x >= 3 ? 1 : ((2 * x) + 3) / 6, -3, 3)),
        new(
            "Clip",
            "torch.clamp(x, a[0], a[1])",
            a => new(x => Math.Min(Math.Max(x, a[0]), a[1]), x => x >= a[0] && x <= a[1] ? 1 : 0, a),
            [-1, 2],
            [-0.5, double.PositiveInfinity],
            [double.NegativeInfinity, 0.25]),
        new("Exp", "torch.exp(x)", _ => new(Math.Exp, Math.Exp) { IsSteep = true }),
        new("Log", "torch.log(x)", _ => new(Math.Log, x => 1 / x) { IsSteep = true, LeastInput = 0 }),
        new("Sqrt", "torch.sqrt(x)", _ => new(Math.Sqrt, x => 0.5 / Math.Sqrt(x)) { IsSteep = true, LeastInput = 0 }),
        new("Abs", "torch.abs(x)", _ => new(Math.Abs, x => Math.Sign(x), 0)),
        new(
            "Power",
            "torch.pow(x, a[0])",
            a => new(x => Power(x, a[0]), x => a[0] == 0 ? 0 : a[0] * Power(x, a[0] - 1)) { IsSteep = true, LeastInput = 0 },
            [3],
            [2.5],
            [0.5],
            [-1],
            [-1.75],
            [7]),
    ];

    public static ActivationOracle Named(string name) => All.Single(oracle => oracle.Name == name);

    /// <summary>Klambauer and others, Self-Normalizing Neural Networks, 2017.</summary>
    private static ActivationFunction ScaledExponential()
    {
        const double Alpha = 1.6732632423543772848170429916717;
        const double Scale = 1.0507009873554804934193349852946;
        return new(x => Scale * (x > 0 ? x : Alpha * Oracle.Expm1(x)), x => Scale * (x > 0 ? 1 : Alpha * Math.Exp(x)), 0);
    }

    private static ActivationFunction Gaussian()
    {
        static double Cumulative(double x) => (1 + Oracle.Erf(x / Math.Sqrt(2))) / 2;
        return new(x => x * Cumulative(x), x => Cumulative(x) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI)));
    }

    private static ActivationFunction GaussianByTanh()
    {
        double scale = Math.Sqrt(2 / Math.PI);
        double Inner(double x) => Math.Tanh(scale * (x + (0.044715 * x * x * x)));
        return new(
            x => x / 2 * (1 + Inner(x)),
            x => ((1 + Inner(x)) / 2) + (x / 2 * (1 - (Inner(x) * Inner(x))) * scale * (1 + (3 * 0.044715 * x * x))));
    }

    /// <summary>Roots are those of a square root, which has none of minus infinity.</summary>
    private static double Power(double x, double exponent) => exponent switch
    {
        0.5 => Math.Sqrt(x),
        -0.5 => 1 / Math.Sqrt(x),
        _ => Math.Pow(x, exponent),
    };

    private static double Softplus(double x) => Math.Max(x, 0) + Oracle.Log1p(Math.Exp(-Math.Abs(x)));

    private static double MishSlope(double x)
    {
        double tanh = Math.Tanh(Softplus(x));
        return tanh + (x * (1 - (tanh * tanh)) * Oracle.Sigmoid(x));
    }
}
