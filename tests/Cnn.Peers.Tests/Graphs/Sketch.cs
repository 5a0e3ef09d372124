using Cnn.Property.Tests.Drawing;
using Onnx;

namespace Cnn.Peers.Tests.Graphs;

/// <summary>The next step of a graph while an operator draws it: nodes from <see cref="X"/> to a new value, with their constants.</summary>
internal sealed class Sketch(GraphDraft draft, Dice dice, GraphValue x)
{
    private readonly List<NodeProto> _nodes = [];
    private readonly List<TensorProto> _constants = [];
    private readonly List<GraphValue> _reads = [x];

    public Dice Dice => dice;

    public int Opset => draft.Opset;

    /// <summary>The value that the step goes on from.</summary>
    public GraphValue X => x;

    public int Rank => x.Rank;

    /// <summary>The axes behind batch and channels.</summary>
    public int MapRank => x.Rank - 2;

    public int Channels => (int)x.Shape[1];

    public long[] Map => x.Shape[2..];

    public IReadOnlyList<NodeProto> Nodes => _nodes;

    public IReadOnlyList<TensorProto> Constants => _constants;

    /// <summary>Finished values that the nodes read.</summary>
    public IReadOnlyList<GraphValue> Reads => _reads;

    /// <summary>What the last node makes first.</summary>
    public string Output => _nodes[^1].Output[0];

    /// <summary>A finished value other than X with some property, or null.</summary>
    public string? Other(Func<GraphValue, bool> fits)
    {
        GraphValue[] others = [.. draft.Values.Where(value => value != x && fits(value))];
        if (others.Length == 0)
            return null;
        GraphValue other = dice.Pick(others);
        if (!_reads.Contains(other))
            _reads.Add(other);
        return other.Name;
    }

    /// <summary>Adds a node with one output.</summary>
    /// <param name="type">The operator.</param>
    /// <param name="inputs">Names, empty for one that is left out.</param>
    /// <param name="attributes">Null for one that is not written.</param>
    /// <returns>The output's name.</returns>
    public string Node(string type, string[] inputs, params AttributeProto?[] attributes) => Node(type, inputs, 1, attributes)[0];

    /// <summary>Adds a node with several outputs.</summary>
    /// <inheritdoc cref="Node(string, string[], AttributeProto[])"/>
    public IReadOnlyList<string> Node(string type, string[] inputs, int outputs, params AttributeProto?[] attributes)
    {
        NodeProto node = new() { OpType = type, Name = OddNames.OfNode(dice, draft, type) };
        node.Input.AddRange(inputs);
        node.Output.AddRange(Enumerable.Range(0, outputs).Select(_ => draft.NewName(OddNames.OfValue(dice, type))));
        node.Attribute.AddRange(attributes.OfType<AttributeProto>());
        _nodes.Add(node);
        return [.. node.Output];
    }

    /// <summary>A constant of real numbers, in one of the forms in which models have them.</summary>
    public string Reals(long[] shape, double low, double high) => Reals(shape, [.. Enumerable.Range(0, (int)Product(shape)).Select(_ => dice.Real(low, high))]);

    /// <inheritdoc cref="Reals(long[], double, double)"/>
    public string Reals(long[] shape, float[] numbers)
    {
        TensorProto[] same =
            [.. draft.Constants.Values.Where(constant => constant.DataType == (int)TensorProto.Types.DataType.Float && constant.Dims.SequenceEqual(shape))];
        bool sharesOne = same.Length > 0 && dice.Chance(15) && numbers.Length > 0 && numbers.Min() < 0;
        return sharesOne ? dice.Pick(same).Name : ConstantForms.OfReals(this, shape, numbers);
    }

    /// <summary>A list of integers.</summary>
    public string Integers(params long[] values) => ConstantForms.OfIntegers(this, values);

    /// <summary>A constant as it is given.</summary>
    public string Stored(TensorProto constant)
    {
        constant.Name = draft.NewName(OddNames.OfConstant(dice));
        _constants.Add(constant);
        return constant.Name;
    }

    public static long Product(IEnumerable<long> shape) => shape.Aggregate(1L, (product, length) => product * length);
}
