namespace Cnn;

/// <summary>(x - mean) / deviation per channel, with constants: the preparation of inputs as part of the network, so that serving cannot forget it.</summary>
/// <remarks>Has no parameters. A Predictor folds it into the layer behind it where that is legal: a Linear, or a Conv without padding.</remarks>
public sealed class NormalizeAttribute : LayerAttribute
{
    /// <summary>One number a channel.</summary>
    public double[] Mean { get; set; } = [];

    /// <summary>One number a channel, not 0.</summary>
    public double[] Deviation { get; set; } = [];
}
