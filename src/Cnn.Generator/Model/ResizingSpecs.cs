using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

public sealed record ConvTransposeSpec : LayerSpec
{
    public override string Kind => "ConvTranspose";

    public required int OutChannels { get; init; }

    public required WindowSpec Window { get; init; }

    public int OutputPadding { get; init; }

    /// <summary>One per axis, or null where it was not given.</summary>
    public EquatableArray<int>? OutputPaddings { get; init; }

    public int Groups { get; init; } = 1;

    public bool Bias { get; init; } = true;
}

public sealed record AdaptiveAvgPoolSpec : LayerSpec
{
    public override string Kind => "AdaptiveAvgPool";

    /// <summary>As written: one number for all axes, or one per axis.</summary>
    public required EquatableArray<int> Size { get; init; }
}

public sealed record PadSpec : LayerSpec
{
    public override string Kind => "Pad";

    /// <summary>As written: one number for all sides, or all begins and then all ends.</summary>
    public required EquatableArray<int> Paddings { get; init; }

    public PadMode Mode { get; init; }

    public float Value { get; init; }
}

/// <summary>What stands around a padded map, as the runtime's enumeration.</summary>
public enum PadMode
{
    Zero,
    Reflect,
    Replicate,
}

public sealed record UpsampleSpec : LayerSpec
{
    public override string Kind => "Upsample";

    public required int Scale { get; init; }

    public UpsampleMode Mode { get; init; }
}

/// <summary>How an enlarged map gets its elements, as the runtime's enumeration.</summary>
public enum UpsampleMode
{
    Nearest,
    Bilinear,
}
