using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>A declaration in which every tensor has a shape: what Shapes hands to Planning.</summary>
public sealed record ShapedNetwork
{
    public required TypeSpec Type { get; init; }

    /// <summary>In the order in which they run; the first is an input.</summary>
    public required EquatableArray<ShapedLayer> Layers { get; init; }

    /// <summary>In the order of declaration.</summary>
    public required EquatableArray<ShapedPort> Inputs { get; init; }

    /// <summary>In the order of declaration; the last layer's tensor where none is declared.</summary>
    public required EquatableArray<ShapedPort> Outputs { get; init; }

    /// <summary>Floats of one image of all inputs.</summary>
    public int InputLength => Inputs.Sum(static port => port.Shape.Length);

    /// <summary>Floats of one image of all outputs.</summary>
    public int OutputLength => Outputs.Sum(static port => port.Shape.Length);

    /// <summary>Whether there are several inputs or outputs, so that members are called after them.</summary>
    public bool HasNamedPorts => PortNames.AreMembers(Inputs.Length, Outputs.Length);

    /// <summary>Whether calls have a form with a parameter for each port.</summary>
    public bool HasPortForms => HasNamedPorts || Inputs.Any(static port => port.Element != PortElement.Float32);
}

/// <summary>One layer with the shapes around it.</summary>
public sealed record ShapedLayer
{
    /// <summary>With the name that the whole network knows it by: in a block, that of the use is in front, as in <c>basicblock1.conv1</c>.</summary>
    public required LayerSpec Spec { get; init; }

    /// <summary>Where it is written.</summary>
    public required LayerPath Path { get; init; }

    /// <summary>Indices of the layers whose outputs this one takes; empty for an input.</summary>
    public required EquatableArray<int> Inputs { get; init; }

    /// <summary>The shape of the first input; of an input, its own.</summary>
    public required TensorShape InputShape { get; init; }

    public required TensorShape OutputShape { get; init; }

    /// <summary>One number per axis; null where the layer has no window.</summary>
    public WindowShape? Window { get; init; }

    /// <summary>In the order in which they are saved.</summary>
    public EquatableArray<ParameterShape> Parameters { get; init; }

    /// <summary>Trainable numbers.</summary>
    public long ParameterCount { get; init; }

    /// <summary>Outputs times the length of the inner product; 0 for layers without one.</summary>
    public long MultiplyAdds { get; init; }

    /// <summary>Input elements per axis that one output element depends on, padding counted; empty after Flatten of everything.</summary>
    public EquatableArray<int> ReceptiveField { get; init; }
}

/// <summary>Channels and spatial axes; a flat vector has no axes.</summary>
/// <param name="Channels">Channels, or features.</param>
/// <param name="Axes">Lengths, outermost first: depth, height, width.</param>
public sealed record TensorShape(int Channels, EquatableArray<int> Axes)
{
    public int Rank => Axes.Length;

    /// <summary>Elements of one channel.</summary>
    public int Positions
    {
        get
        {
            int product = 1;
            foreach (int axis in Axes)
                product *= axis;
            return product;
        }
    }

    /// <summary>Elements in all.</summary>
    public int Length => Channels * Positions;

    /// <summary>The channels, and then the axes.</summary>
    public EquatableArray<int> Lengths => [Channels, .. Axes];

    /// <summary>A shape of so many channels, and of axes behind them.</summary>
    public static TensorShape Of(EquatableArray<int> lengths) => new(lengths[0], lengths.Skip(1).ToEquatableArray());

    /// <summary>As in messages: <c>20x28x28</c>.</summary>
    public override string ToString()
    {
        string text = Channels.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (int axis in Axes)
            text += "x" + axis.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return text;
    }
}

/// <summary>A sliding window with one number per axis.</summary>
public sealed record WindowShape
{
    public required EquatableArray<int> Kernel { get; init; }

    public required EquatableArray<int> Stride { get; init; }

    public required EquatableArray<int> PaddingBegin { get; init; }

    public required EquatableArray<int> PaddingEnd { get; init; }

    public required EquatableArray<int> Dilation { get; init; }
}

/// <summary>What a parameter starts as.</summary>
public enum Initialization
{
    Zero,
    One,

    /// <summary>0.25: PyTorch's start of PReLU's slopes.</summary>
    Quarter,

    /// <summary>A number of its own.</summary>
    Constant,

    /// <summary>Uniform in plus or minus 1 / sqrt(fan in): PyTorch's default for Conv and Linear, weight and bias alike.</summary>
    UniformFanIn,
}

/// <summary>One tensor of a weights file.</summary>
public sealed record ParameterShape
{
    /// <summary>The whole name, as <c>conv1.weight</c>.</summary>
    public required string Name { get; init; }

    /// <summary>PyTorch's shape.</summary>
    public required EquatableArray<int> Shape { get; init; }

    /// <summary>False for running statistics and for parameters of a frozen layer.</summary>
    public bool IsTrainable { get; init; } = true;

    public required Initialization Initialization { get; init; }

    /// <summary>Inputs of one output, for <see cref="Initialization.UniformFanIn"/>.</summary>
    public int FanIn { get; init; }

    /// <summary>The number, for <see cref="Initialization.Constant"/>.</summary>
    public float Start { get; init; }
}
