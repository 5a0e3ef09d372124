using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>What a predictor packs when it is made.</summary>
public sealed record PackedItem
{
    /// <summary>The layer whose weight and bias are packed; null for norms of their own, which become a scale and a shift.</summary>
    public string? Layer { get; init; }

    public bool HasBias { get; init; }

    /// <summary>The packing of the weight; for scale and shift, of a vector.</summary>
    public required WeightLayout Layout { get; init; }

    /// <summary>The form of Winograd's tiles as whose 36 points the kernels are packed; null for taps.</summary>
    public WinogradForm? Winograd { get; init; }

    /// <summary>Where the weight, or the scale, is packed.</summary>
    public required int WeightOffset { get; init; }

    /// <summary>Where the bias, or the shift, is packed.</summary>
    public required int BiasOffset { get; init; }

    /// <summary>Channels that come into the layer.</summary>
    public int InputChannels { get; init; }

    /// <summary>The norms before the layer that are folded in, in the order in which they run.</summary>
    public EquatableArray<FoldedNorm> NormsBefore { get; init; }

    /// <summary>The norms behind the layer that are folded in, in the order in which they run.</summary>
    public EquatableArray<FoldedNorm> Norms { get; init; }
}
