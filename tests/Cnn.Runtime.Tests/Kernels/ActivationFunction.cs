namespace Cnn.Runtime.Tests.Kernels;

/// <summary>A function of one number.</summary>
/// <param name="Value">Of x.</param>
/// <param name="Slope">Its derivative; at a kink what PyTorch has there.</param>
/// <param name="Kinks">Where the derivative, or the function itself, jumps.</param>
internal sealed record ActivationFunction(Func<double, double> Value, Func<double, double> Slope, params double[] Kinks)
{
    /// <summary>Where a higher derivative jumps, so that differences across it say nothing.</summary>
    public double[] Bends { get; init; } = [];

    /// <summary>Whether values or slopes grow beyond all bounds, so that errors are relative to them and differences across a step say nothing.</summary>
    public bool IsSteep { get; init; }

    /// <summary>The number below which there is no value, or none for all numbers of the activation.</summary>
    public double LeastInput { get; init; } = double.NegativeInfinity;

    /// <summary>Where a difference of values looks to one side.</summary>
    public IEnumerable<double> Seams => [.. Kinks, .. Bends];
}
