using Cnn.Definitions;
using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>One layer attribute as it was read. Closed: every kind is declared in this folder.</summary>
public abstract record LayerSpec
{
    private protected LayerSpec()
    {
    }

    /// <summary>The attribute without its suffix, as <c>Conv</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>As given, or the kind in lower case and its ordinal among all layers of the kind.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the user gave the name.</summary>
    public bool IsNamed { get; init; }

    /// <summary>The name of the layer whose output this one takes, or null for the one before.</summary>
    public string? From { get; init; }

    public bool Frozen { get; init; }
}

/// <summary>Kernel, stride, padding and dilation as written; Shapes resolves them to one number per axis.</summary>
/// <remarks>A null array or stride was not given.</remarks>
public sealed record WindowSpec
{
    public required EquatableArray<int> Kernel { get; init; }

    public int? Stride { get; init; }

    public EquatableArray<int>? Strides { get; init; }

    public int Padding { get; init; }

    public EquatableArray<int>? Paddings { get; init; }

    public int Dilation { get; init; } = 1;

    public EquatableArray<int>? Dilations { get; init; }
}

public sealed record ConvSpec : LayerSpec
{
    public override string Kind => "Conv";

    public required int OutChannels { get; init; }

    public required WindowSpec Window { get; init; }

    public int Groups { get; init; } = 1;

    public bool Bias { get; init; } = true;
}

/// <summary>How a pool summarises a window.</summary>
public enum PoolKind
{
    Max,
    Average,
}

public sealed record PoolSpec : LayerSpec
{
    public override string Kind => Pool == PoolKind.Max ? "MaxPool" : "AvgPool";

    public required PoolKind Pool { get; init; }

    public required WindowSpec Window { get; init; }

    public bool CeilMode { get; init; }

    public bool CountIncludePad { get; init; } = true;
}

public sealed record GlobalPoolSpec : LayerSpec
{
    public override string Kind => Pool == PoolKind.Max ? "GlobalMaxPool" : "GlobalAvgPool";

    public required PoolKind Pool { get; init; }
}

public sealed record FlattenSpec : LayerSpec
{
    public override string Kind => "Flatten";
}

public sealed record IdentitySpec : LayerSpec
{
    public override string Kind => "Identity";
}

public sealed record LinearSpec : LayerSpec
{
    public override string Kind => "Linear";

    public required int OutFeatures { get; init; }

    public bool Bias { get; init; } = true;
}

public sealed record BatchNormSpec : LayerSpec
{
    public override string Kind => "BatchNorm";

    public float Epsilon { get; init; } = 1e-5f;

    public float Momentum { get; init; } = 0.1f;

    public bool Affine { get; init; } = true;
}

public sealed record DropoutSpec : LayerSpec
{
    public override string Kind => "Dropout";

    public float Probability { get; init; } = 0.5f;
}

public sealed record SoftmaxSpec : LayerSpec
{
    public override string Kind => Logarithm ? "LogSoftmax" : "Softmax";

    public bool Logarithm { get; init; }
}

/// <summary>Any element-wise activation; its numbers are already rounded to float.</summary>
public sealed record ActivationSpec : LayerSpec
{
    public override string Kind => Definition.Kind;

    /// <summary>The function's name among the definitions.</summary>
    public required string Activation { get; init; }

    /// <summary>In the order of the definition; empty where the activation has none.</summary>
    public EquatableArray<float> Numbers { get; init; }

    internal ActivationDefinition Definition => ActivationTable.Named(Activation);
}

public sealed record PReLUSpec : LayerSpec
{
    public override string Kind => "PReLU";

    public bool PerChannel { get; init; }
}
