namespace Cnn.Convolutions.Benchmarks;

/// <summary>The median seconds of a convolution of some images.</summary>
/// <param name="Shape">The convolution.</param>
/// <param name="Number">Its place among those that were drawn.</param>
/// <param name="Batch">Images of a run.</param>
/// <param name="Ours">Seconds of ours.</param>
/// <param name="OneDnn">Seconds of the faster of oneDNN's forms.</param>
/// <param name="Onnx">Seconds of ONNX Runtime.</param>
internal sealed record Measured(ConvolutionShape Shape, int Number, int Batch, double Ours, double OneDnn, double Onnx)
{
    /// <summary>How many times as fast ours is as the faster peer.</summary>
    public double Ratio => Math.Min(OneDnn, Onnx) / Ours;

    /// <summary>Multiply-adds of all images.</summary>
    public double MultiplyAdds => Shape.MultiplyAdds * Batch;

    /// <summary>Two operations a multiply-add.</summary>
    public double Rate(double seconds) => 2 * MultiplyAdds / seconds / 1e9;
}
