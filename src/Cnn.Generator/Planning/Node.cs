using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>A layer as it is executed: aliases are gone, activations and norms are fused where that is legal.</summary>
public abstract record Node
{
    public required ShapedLayer Layer { get; init; }

    /// <summary>The shape that comes in, as it lies in memory: a flattened map is still a map.</summary>
    public required TensorShape Input { get; init; }

    /// <summary>The shape that goes out, as it lies in memory.</summary>
    public required TensorShape Output { get; init; }

    /// <summary>As in <c>Conv1</c>: what the node's methods are called after.</summary>
    public string MethodStem => Names.Pascal(Layer.Spec.Name);

    public string Name => Layer.Spec.Name;
}

/// <summary>A node with a weight: convolution or linear.</summary>
public abstract record WeightNode : Node
{
    public abstract bool HasBias { get; }

    public abstract WeightLayout Weight { get; }

    public Epilogue Epilogue { get; init; } = Epilogue.None;

    /// <summary>The activation that the epilogue does, or null.</summary>
    public ActivationSpec? Fused { get; init; }

    /// <summary>The BatchNorms that are folded into weight and bias.</summary>
    public EquatableArray<FoldedNorm> Norms { get; init; }
}

public sealed record ConvNode : WeightNode
{
    public ConvSpec Spec => (ConvSpec)Layer.Spec;

    public override bool HasBias => Spec.Bias;

    public override WeightLayout Weight => Geometry.Weight;

    public ConvolutionGeometry Geometry => new() { Input = Input, Output = Output, Window = Layer.Window!, Groups = Spec.Groups };
}

public sealed record LinearNode : WeightNode
{
    public LinearSpec Spec => (LinearSpec)Layer.Spec;

    public override bool HasBias => Spec.Bias;

    public override WeightLayout Weight => LinearContractions.Weight(Input, Output.Channels);
}

public sealed record PoolNode : Node
{
    public PoolSpec Spec => (PoolSpec)Layer.Spec;
}

public sealed record GlobalPoolNode : Node;

public sealed record ActivationNode : Node
{
    public ActivationSpec Spec => (ActivationSpec)Layer.Spec;
}

public sealed record BatchNormNode : Node
{
    public BatchNormSpec Spec => (BatchNormSpec)Layer.Spec;

    /// <summary>All the norms that run here, one after the other; more than one in a predictor only.</summary>
    public EquatableArray<FoldedNorm> Norms { get; init; }
}

public sealed record DropoutNode : Node
{
    public DropoutSpec Spec => (DropoutSpec)Layer.Spec;
}

public sealed record SoftmaxNode : Node
{
    public SoftmaxSpec Spec => (SoftmaxSpec)Layer.Spec;
}

/// <summary>Brings a map into the order of a flat vector, for a layer that cannot read the map as it lies.</summary>
public sealed record FlattenNode : Node;

/// <summary>Names of generated things.</summary>
public static class Names
{
    /// <summary><c>conv1</c> becomes <c>Conv1</c>, <c>b_1x1</c> becomes <c>B_1x1</c>, <c>1x1</c> becomes <c>_1x1</c>.</summary>
    public static string Pascal(string name)
    {
        if (name.Length == 0)
            return "_";
        return char.IsDigit(name[0]) || name[0] == '_' ? "_" + name : char.ToUpperInvariant(name[0]) + name.Substring(1);
    }

    /// <summary>A local for a layer or parameter: <c>conv1.running_mean</c> becomes <c>conv1RunningMean</c>.</summary>
    public static string Local(string name)
    {
        string[] parts = name.Split('.');
        string stem = Pascal(parts[0]);
        stem = char.ToLowerInvariant(stem[0]) + stem.Substring(1);
        return stem + string.Concat(parts.Skip(1).SelectMany(static part => part.Split('_')).Select(Pascal));
    }
}
