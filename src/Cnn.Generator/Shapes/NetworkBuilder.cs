using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>Infers layer after layer; where one uses a block, the block's layers stand in its place.</summary>
/// <param name="network">As it was read.</param>
/// <param name="faults">Where faults go.</param>
/// <param name="cancellation">Stops the inference.</param>
internal sealed class NetworkBuilder(NetworkSpec network, List<Fault> faults, CancellationToken cancellation)
{
    private readonly List<ShapedLayer> _layers = [];
    private readonly List<ShapedPort> _inputs = [];
    private readonly List<ShapedPort> _outputs = [];

    /// <summary>The layers that have a shape, blocks expanded.</summary>
    public EquatableArray<ShapedLayer> Layers => _layers.ToEquatableArray();

    /// <summary>The inputs that have a shape.</summary>
    public EquatableArray<ShapedPort> Inputs => _inputs.ToEquatableArray();

    /// <summary>The outputs that have a shape: those that are declared, else the last layer's tensor.</summary>
    public EquatableArray<ShapedPort> Outputs => _outputs.Count > 0 || _layers.Count == 0
        ? _outputs.ToEquatableArray()
        : [new ShapedPort { Name = OutputSpec.DefaultPort, Layer = _layers.Count - 1, Shape = _layers[_layers.Count - 1].OutputShape }];

    /// <summary>Infers the layers of a scope.</summary>
    /// <param name="scope">The network's own layers or those of one repetition of a block.</param>
    /// <param name="known">Whether all layers are known, so that names can be checked.</param>
    /// <param name="inferable">Whether the input's shape is known.</param>
    public void Run(Scope scope, bool known, bool inferable)
    {
        LayerNames names = new(scope);
        int residuals = 0;
        for (int i = 0; i < scope.Layers.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            LayerSpec layer = scope.Qualified(i);
            LayerFaults found = new(scope.PathOf(i), layer.Name, faults);
            ShapeInference.CheckArguments(layer, found);
            if (!known)
                continue;
            names.Check(i, found);
            IReadOnlyList<LayerInput?> sources = LayerListRule.IsInput(layer) && layer.From is null ? [] : names.InputsOf(i, found);
            // An input that should not be one leaves what follows without a shape, and so without further faults.
            if (!inferable || found.Any || sources.Contains(null)
                || (layer is InputSpec && faults.Any(fault => fault.Id == FaultIds.UnnamedInput && fault.Layer == i)))
                continue;
            List<LayerInput> inputs = [.. sources.Select(static source => source!)];
            if (layer is BlockUseSpec use)
                Expand(scope, i, use, inputs[0], found);
            else if (layer is OutputSpec output)
                scope.SetOutput(i, Mark(output, inputs[0], i));
            else
                scope.SetOutput(i, layer is ResidualSpec residual
                    ? AddBlockInput(scope, residual, ++residuals, inputs[0], found)
                    : Append(layer, inputs, found));
        }
    }

    /// <summary>Notes an output; the chain goes on behind it.</summary>
    private LayerInput Mark(OutputSpec output, LayerInput tensor, int place)
    {
        _outputs.Add(new ShapedPort { Name = output.Name, Layer = tensor.Index, Shape = tensor.Shape, Layout = output.Layout, Place = place });
        return tensor;
    }

    /// <summary>Adds a layer behind those that are there.</summary>
    /// <returns>Its output, or null where it has no shape.</returns>
    private LayerInput? Append(LayerSpec layer, IReadOnlyList<LayerInput> inputs, LayerFaults found)
    {
        if (ShapeInference.InferLayer(layer, inputs, found) is not { } output)
            return null;
        _layers.Add(new ShapedLayer
        {
            Spec = layer,
            Path = found.Layer,
            Inputs = inputs.Select(static input => input.Index).ToEquatableArray(),
            InputShape = inputs.Count == 0 ? output.Shape : inputs[0].Shape,
            OutputShape = output.Shape,
            Window = output.Window,
            Parameters = output.Parameters,
            ParameterCount = output.Parameters.Where(static parameter => parameter.IsTrainable)
                .Sum(static parameter => parameter.Shape.Aggregate(1L, static (product, length) => product * length)),
            MultiplyAdds = output.MultiplyAdds,
            ReceptiveField = output.Reach.Field,
        });
        if (layer is InputSpec input)
            _inputs.Add(new ShapedPort
            {
                Name = input.PortName,
                Layer = _layers.Count - 1,
                Place = found.Layer.Layer,
                Shape = output.Shape,
                Layout = input.Layout,
                Element = input.Element,
            });
        return new LayerInput(_layers.Count - 1, found.Layer, layer.Name, output.Shape, output.Reach);
    }

    /// <summary>Adds the block's input to the current tensor, through a projection where the shapes differ.</summary>
    /// <param name="scope">The block's.</param>
    /// <param name="residual">With its whole name.</param>
    /// <param name="ordinal">Its number in the block, from 1.</param>
    /// <param name="current">The current tensor.</param>
    /// <param name="found">The residual's faults.</param>
    private LayerInput? AddBlockInput(Scope scope, ResidualSpec residual, int ordinal, LayerInput current, LayerFaults found)
    {
        if (scope.Input is not { } shortcut)
        {
            found.Add(FaultIds.ResidualOutsideBlock, null, -1, -1, residual.Name, network.Type.Name);
            return null;
        }

        if (shortcut.Shape != current.Shape)
        {
            if (residual.Shortcut == ShortcutKind.WhereShapesFit)
                return current;
            if (residual.Shortcut == ShortcutKind.Identity)
            {
                found.Add(FaultIds.ShortcutDiffers, null, -1, shortcut.Layer, residual.Name, shortcut.Shape.ToString(), current.Shape.ToString());
                return null;
            }

            string name = scope.Prefix + ResidualRule.ShortcutName + (ordinal == 1 ? "" : Numbers.Text(ordinal));
            if (ResidualRule.Projection(residual, name, shortcut, current.Shape, found) is not { } projection)
                return null;
            foreach (LayerSpec layer in projection)
            {
                if (Append(layer, [shortcut], found) is not { } output)
                    return null;
                shortcut = output;
            }
        }

        return Append(new BinarySpec(BinarySpec.Add) { Name = residual.Name, Others = [shortcut.Name] }, [current, shortcut], found);
    }

    private void Expand(Scope scope, int place, BlockUseSpec use, LayerInput input, LayerFaults found)
    {
        if (use.Block.Index < 0)
            return;
        BlockSpec block = network.Blocks[use.Block.Index];
        if (block.Faults.FirstOrDefault(FaultCatalog.IsError) is { } broken)
        {
            faults.Add(broken with { Layer = found.Layer.Layer, Within = found.Layer.Within, IsOfBlock = true });
            return;
        }

        if (use.Repeat == 0)
            scope.SetOutput(place, input);
        for (int repetition = 0; repetition < use.Repeat; repetition++)
        {
            if (_layers.Count + block.Layers.Length > BlockExpansion.MostLayers)
            {
                found.Add(FaultIds.TooManyLayers, null, -1, -1, use.Name, Numbers.Text(BlockExpansion.MostLayers));
                return;
            }

            string name = scope.Prefix + ((BlockUseSpec)scope.Layers[place]).RepetitionName(repetition);
            Scope inner = new(BlockExpansion.Layers(block, use, name, found.Layer, repetition, input.Shape.Channels, faults))
            {
                Use = found.Layer,
                Input = input,
                Prefix = name + ".",
                IsFrozen = use.Frozen,
            };
            Run(inner, known: true, inferable: true);
            if (inner.Output is not { } output)
                return;
            input = output with { Layer = found.Layer, Name = name };
            scope.SetOutput(place, input, repetition);
        }
    }
}
