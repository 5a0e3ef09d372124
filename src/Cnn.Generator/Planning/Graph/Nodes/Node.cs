using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>
/// A layer as it is executed, with the planning of its forward and its backward pass. Aliases are gone, and activations and norms are fused where that
/// is legal. A new kind of layer is one file beside this one, with its <see cref="NodeFactory"/>.
/// </summary>
public abstract record Node
{
    public required ShapedLayer Layer { get; init; }

    /// <summary>The values that it reads.</summary>
    public required EquatableArray<int> Inputs { get; init; }

    /// <summary>The shape of the first input, as it lies in memory: a flattened map is still a map.</summary>
    public required TensorShape Input { get; init; }

    /// <summary>The shape that goes out, as it lies in memory.</summary>
    public required TensorShape Output { get; init; }

    /// <summary>The nodes that it is made of; else itself.</summary>
    public virtual IEnumerable<Node> Links => [this];

    /// <summary>Its place in the order of execution.</summary>
    public int Index { get; init; } = -1;

    /// <summary>The value that it makes.</summary>
    public int Value { get; init; } = -1;

    public string Name => Layer.Spec.Name;

    /// <summary>As in <c>Conv1</c>: what the node's methods are called after.</summary>
    public string MethodStem => Names.Pascal(Name);

    /// <summary>How the inputs must lie in memory.</summary>
    public virtual InputNeed Need(bool training) => InputNeed.Any;

    /// <summary>Whether it reads an input element by element, however that lies, whatever it needs of the others.</summary>
    /// <param name="input">Which of its inputs.</param>
    public virtual bool ReadsElements(int input) => false;

    /// <summary>Whether its backward pass reads what it made, so that the reader may not overwrite it.</summary>
    public virtual bool KeepsOutput => false;

    /// <summary>Images that a training step must have at least.</summary>
    public virtual int SmallestBatch => 1;

    /// <summary>The layer whose output it makes; null where an activation that is no layer of this node is done on it.</summary>
    public virtual ShapedLayer? LastLayer => Layer;

    /// <summary>Whether all that it reads of the input is single numbers, so that the channels need not fill vectors.</summary>
    public virtual bool ReadsScalars => false;

    /// <summary>
    /// Whether a predictor's kernel may have its output among the channels of a larger map: it takes the distance between positions from there, and writes
    /// whole vectors of its own channels, if these fill them, and nothing behind.
    /// </summary>
    public virtual bool WritesItsChannelsAlone => false;

    /// <summary>Whether it has something to learn.</summary>
    public bool IsTrainable => !Layer.Spec.Frozen && Layer.Parameters.Any(static parameter => parameter.IsTrainable);

    /// <summary>How a trainer packs one of its parameters.</summary>
    public virtual WeightLayout LayoutOf(ParameterShape parameter) => WeightLayout.Vector(parameter.Shape[0]);

    /// <summary>The activation that it ends with, if that one's derivative follows from what the node made; a lone reader can then undo it.</summary>
    public virtual ActivationSpec? LastActivation => null;

    /// <summary>The layout in which it wants the gradient of its output; null for the plain one.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="undone">Whether its last activation is undone already.</param>
    public virtual TensorLayout? WantedGradient(BackwardPass pass, bool undone) => null;

    /// <summary>Schedules the computation of the output.</summary>
    public abstract void PlanForward(ForwardPass pass);

    /// <summary>Schedules the gradients of the inputs, handed to <see cref="BackwardPass.Contribute"/>, and those of the parameters.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="dy">The gradient of the output, summed over all of its readers.</param>
    public abstract void PlanBackward(BackwardPass pass, Gradient dy);
}

/// <summary>How a node wants its inputs to lie.</summary>
public sealed record InputNeed
{
    private InputNeed(bool contiguous, EquatableArray<int> begin, EquatableArray<int> end)
    {
        Contiguous = contiguous;
        BorderBegin = begin;
        BorderEnd = end;
    }

    /// <summary>With or without a border.</summary>
    public static InputNeed Any { get; } = new(false, default, default);

    /// <summary>Without a border, one position after the other.</summary>
    public static InputNeed Contiguity { get; } = new(true, default, default);

    public bool Contiguous { get; }

    /// <summary>Zeros wanted before each axis; empty for none.</summary>
    public EquatableArray<int> BorderBegin { get; }

    public EquatableArray<int> BorderEnd { get; }

    public bool HasBorder => BorderBegin.Any(static border => border > 0) || BorderEnd.Any(static border => border > 0);

    /// <summary>With at least so wide a border of zeros.</summary>
    public static InputNeed Border(EquatableArray<int> begin, EquatableArray<int> end) => new(false, begin, end);
}
