using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Where a trainer packs the parameters: the trainable ones first, then the others.</summary>
public sealed class TrainerPlaces : IWeightPlaces
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<PlannedParameter> _parameters = [];
    private readonly List<DerivedWeight> _derived = [];

    public TrainerPlaces(ShapedNetwork network, IReadOnlyList<Node> nodes)
    {
        Dictionary<string, Node> owners = nodes.ToDictionary(static node => node.Name, StringComparer.Ordinal);
        foreach (ShapedLayer layer in network.Layers)
        {
            owners.TryGetValue(layer.Spec.Name, out Node? node);
            foreach (ParameterShape shape in layer.Parameters)
            {
                WeightLayout layout = node?.LayoutOf(shape) ?? Unused(shape);
                int offset = shape.IsTrainable ? TrainableFloats : OtherFloats;
                int size = TensorLayout.RoundUp(layout.Size, Targets.LineFloats);
                if (shape.IsTrainable)
                    TrainableFloats += size;
                else
                    OtherFloats += size;
                _index.Add(shape.Name, _parameters.Count);
                _parameters.Add(new PlannedParameter { Shape = shape, Layout = layout, Offset = offset });
            }
        }
    }

    public int TrainableFloats { get; private set; }

    public int OtherFloats { get; private set; }

    public int DerivedFloats { get; private set; }

    public EquatableArray<PlannedParameter> Parameters => _parameters.ToEquatableArray();

    public EquatableArray<DerivedWeight> Derived => _derived.ToEquatableArray();

    public Address Weight(WeightNode node) => Parameter(node, "weight");

    public Address ForwardWeight(WeightNode node) =>
        node.ForwardWeight == node.Weight ? Weight(node) : Transposed(node, node.ForwardWeight, tapsToLanes: false, pitch: 0, optional: false);

    public Address? Bias(WeightNode node) => node.HasBias ? Parameter(node, "bias") : null;

    public Address? NormWeight(BatchNormNode node) => node.Spec.Affine ? Parameter(node, "weight") : null;

    public Address? NormBias(BatchNormNode node) => node.Spec.Affine ? Parameter(node, "bias") : null;

    public Address RunningMean(BatchNormNode node) => Parameter(node, "running_mean");

    public Address RunningVariance(BatchNormNode node) => Parameter(node, "running_var");

    public Address Scale(ScaleShiftNode node) => throw new InvalidOperationException("A trainer keeps the statistics.");

    public Address Shift(ScaleShiftNode node) => throw new InvalidOperationException("A trainer keeps the statistics.");

    public Address Gradient(Node node, string parameter) => new(Region.Gradients, 0, _parameters[_index[node.Name + "." + parameter]].Offset);

    /// <summary>The transposed copy of a node's weight, planned when it is first asked for.</summary>
    public Address Transposed(WeightNode node, WeightLayout target, bool tapsToLanes, int pitch, bool optional)
    {
        int parameter = _index[node.Name + ".weight"];
        DerivedWeight? existing = _derived.FirstOrDefault(derived => derived.Parameter == parameter);
        if (existing is null)
        {
            existing = new DerivedWeight
            {
                Parameter = parameter,
                Source = node.Weight,
                Target = target,
                TapsToLanes = tapsToLanes,
                Pitch = pitch,
                Offset = DerivedFloats,
                Optional = optional,
            };
            _derived.Add(existing);
            DerivedFloats += TensorLayout.RoundUp(target.Size, Targets.LineFloats);
        }

        return new Address(Region.Derived, 0, existing.Offset);
    }

    /// <summary>A layer that no output depends on still has its parameters in files.</summary>
    private static WeightLayout Unused(ParameterShape shape) => shape.Shape.Length == 1
        ? WeightLayout.Vector(shape.Shape[0])
        : new()
        {
            Groups = 1,
            Outputs = shape.Shape[0],
            Inputs = shape.Shape[1],
            Taps = shape.Shape.Skip(2).Aggregate(1, static (product, axis) => product * axis),
        };

    public Address Parameter(Node node, string parameter)
    {
        PlannedParameter planned = _parameters[_index[node.Name + "." + parameter]];
        return new Address(planned.Shape.IsTrainable ? Region.Parameters : Region.Others, 0, planned.Offset);
    }
}

/// <summary>
/// Where a predictor packs what it needs: biases with the norms folded in, scales and shifts first, and then, in one piece that may be kept in fewer bits, the
/// weights in the order in which they are read.
/// </summary>
public sealed class PredictorPlaces : IWeightPlaces
{
    private readonly Dictionary<string, PackedItem> _items = new(StringComparer.Ordinal);
    private readonly List<PackedItem> _order = [];
    private readonly Dictionary<string, PackedParameter> _parameters = new(StringComparer.Ordinal);

    public PredictorPlaces(IReadOnlyList<Node> nodes)
    {
        foreach (Node node in nodes.SelectMany(static node => node.Links))
        {
            if (node is WeightNode weight)
                Add(weight);
            else if (node is ScaleShiftNode norm)
                Add(node.Name, new PackedItem
                {
                    Layout = WeightLayout.Vector(node.Output.Channels),
                    WeightOffset = 0,
                    BiasOffset = 0,
                    Norms = norm.Norms,
                }, node.Output.Channels);
            else
                AddParameters(node);
        }

        for (int index = 0; index < _order.Count; index++)
            PlaceWeight(index);
    }

    public int Floats { get; private set; }

    public EquatableArray<PackedItem> Items => _order.ToEquatableArray();

    /// <summary>What is packed as it is.</summary>
    public EquatableArray<PackedParameter> Parameters => _parameters.Values.OrderBy(static parameter => parameter.Offset).ToEquatableArray();

    public Address ForwardWeight(WeightNode node) => new(Region.Parameters, 0, _items[node.Name].WeightOffset);

    public Address? Bias(WeightNode node) => new Address(Region.Parameters, 0, _items[node.Name].BiasOffset);

    public Address? NormWeight(BatchNormNode node) => null;

    public Address? NormBias(BatchNormNode node) => null;

    public Address RunningMean(BatchNormNode node) => throw new InvalidOperationException("A predictor has no statistics.");

    public Address RunningVariance(BatchNormNode node) => throw new InvalidOperationException("A predictor has no statistics.");

    public Address Scale(ScaleShiftNode node) => new(Region.Parameters, 0, _items[node.Name].WeightOffset);

    public Address Shift(ScaleShiftNode node) => new(Region.Parameters, 0, _items[node.Name].BiasOffset);

    public Address Parameter(Node node, string parameter) => new(Region.Parameters, 0, _parameters[node.Name + "." + parameter].Offset);

    private void Add(WeightNode node) => Add(
        node.Name,
        new PackedItem
        {
            Layer = node.Name,
            HasBias = node.HasBias,
            Layout = node.ForwardWeight,
            WeightOffset = 0,
            BiasOffset = 0,
            InputChannels = node.Input.Channels,
            Winograd = (node as ConvNode)?.Winograd?.Form,
            NormsBefore = node.NormsBefore,
            Norms = node.Norms,
        },
        node.Output.Channels);

    private void AddParameters(Node node)
    {
        foreach (ParameterShape parameter in node.Layer.Parameters)
        {
            WeightLayout layout = node.LayoutOf(parameter);
            _parameters.Add(parameter.Name, new PackedParameter(parameter.Name, layout, Take(layout.Size)));
        }
    }

    private void Add(string name, PackedItem item, int channels)
    {
        if (item.Layer is null)
            item = item with { WeightOffset = Take(item.Layout.Size) };
        item = item with { BiasOffset = Take(channels) };
        _items.Add(name, item);
        _order.Add(item);
    }

    private void PlaceWeight(int index)
    {
        if (_order[index] is not { Layer: { } layer } item)
            return;
        _order[index] = item with { WeightOffset = Take(item.Layout.Size) };
        _items[layer] = _order[index];
    }

    /// <summary>Makes room, and says where.</summary>
    private int Take(int floats)
    {
        int offset = Floats;
        Floats += TensorLayout.RoundUp(floats, Targets.LineFloats);
        return offset;
    }
}
