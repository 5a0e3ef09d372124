using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>Names of outputs within a scope: they are valid, unique, and refer backwards.</summary>
internal sealed class LayerNames
{
    /// <summary>In a block, what it takes.</summary>
    public const string BlockInput = "input";

    private readonly Scope _scope;
    private readonly Dictionary<string, (int Layer, int Repetition)> _layers = new(StringComparer.Ordinal);

    public LayerNames(Scope scope)
    {
        _scope = scope;
        for (int i = 0; i < scope.Layers.Length; i++)
        {
            // The last of several repetitions has the use's own name too.
            if (scope.Layers[i] is BlockUseSpec { Repeat: > 1 and <= BlockExpansion.MostLayers } use)
            {
                for (int repetition = 0; repetition < use.Repeat; repetition++)
                    Enter(use.RepetitionName(repetition), i, repetition);
                if (use.IsNamed)
                    Enter(use.Name, i, use.Repeat - 1);
            }
            else
            {
                Enter(scope.Layers[i].Name, i, 0);
            }
        }

        // A port may be referred to by its own name where nobody else has it.
        for (int i = 0; i < scope.Layers.Length; i++)
        {
            if (scope.Layers[i] is InputSpec { IsNamed: false } input && !_layers.ContainsKey(input.PortName))
                _layers.Add(input.PortName, (i, 0));
        }
    }

    /// <summary>Checks the layer's own name.</summary>
    public void Check(int layer, LayerFaults faults)
    {
        LayerSpec spec = _scope.Layers[layer];
        if (!spec.IsNamed)
            return;
        if (spec.Name.Length == 0 || !spec.Name.All(static letter => char.IsLetterOrDigit(letter) || letter == '_'))
        {
            faults.AddHarmless(FaultIds.InvalidName, "Name", -1, -1, spec.Name);
            return;
        }

        if (_scope.Use is not null && (spec.Name == BlockInput || IsShortcut(spec.Name)))
        {
            faults.AddHarmless(FaultIds.ReservedName, "Name", -1, -1, spec.Name);
            return;
        }

        if (Namesake(layer) is var (name, other))
        {
            string owner = $"the {_scope.Layers[other].Kind} at place {Numbers.Text(other + 1)}";
            faults.AddHarmless(FaultIds.DuplicateName, "Name", -1, _scope.PathOf(other), name, owner);
        }
    }

    /// <summary>
    /// The outputs that a layer takes, in order: that of the layer before it or of the one that it names, and what else it names. Null where one has
    /// no shape.
    /// </summary>
    public IReadOnlyList<LayerInput?> InputsOf(int layer, LayerFaults faults)
    {
        LayerSpec spec = _scope.Layers[layer];
        LayerInput? previous = layer == 0 ? _scope.Input : _scope.OutputOf(layer - 1);
        List<LayerInput?> inputs = [spec.From is { } from ? OutputOf(from, layer, "From", -1, faults) : previous];
        if (spec is MergeSpec merge)
        {
            for (int index = 0; index < merge.Others.Length; index++)
                inputs.Add(OutputOf(merge.Others[index], layer, merge.OthersArgument, index, faults));
        }

        return inputs;
    }

    /// <summary>The output of a name, or null where it has no shape, with a fault where there is no such output.</summary>
    /// <param name="name">As written.</param>
    /// <param name="layer">The layer that takes it.</param>
    /// <param name="argument">Where the name is written.</param>
    /// <param name="element">Its place in an argument with several names, else -1.</param>
    /// <param name="faults">The layer's.</param>
    private LayerInput? OutputOf(string name, int layer, string argument, int element, LayerFaults faults)
    {
        if (_scope.Input is not null && name == BlockInput)
            return _scope.Input;
        if (!_layers.TryGetValue(name, out (int Layer, int Repetition) source))
        {
            IEnumerable<string> earlier = _scope.Layers.Take(layer).Select(static other => other.Name);
            if (_scope.Input is not null)
                earlier = earlier.Prepend(BlockInput);
            UnknownName.Add(name, [.. earlier], argument, element, faults);
            return null;
        }

        if (source.Layer < layer)
            return _scope.OutputOf(source.Layer, source.Repetition);
        faults.Add(FaultIds.LaterName, argument, element, _scope.PathOf(source.Layer), faults.Name, name);
        return null;
    }

    /// <summary>A given name beats one that another layer has by default, so that it is the given one that is to blame.</summary>
    private void Enter(string name, int layer, int repetition)
    {
        if (!_layers.TryGetValue(name, out (int Layer, int) other) || (_scope.Layers[layer].IsNamed && !_scope.Layers[other.Layer].IsNamed))
            _layers[name] = (layer, repetition);
    }

    /// <summary>One of a layer's names, and an earlier layer that was given it too, or any layer that has it by default; null where there is none.</summary>
    private (string Name, int Other)? Namesake(int layer)
    {
        foreach (string name in Names(_scope.Layers[layer]))
        {
            if (_layers[name].Layer != layer)
                return (name, _layers[name].Layer);
            for (int i = 0; i < _scope.Layers.Length; i++)
            {
                if (i != layer && !_scope.Layers[i].IsNamed && Names(_scope.Layers[i]).Contains(name))
                    return (name, i);
            }
        }

        return null;
    }

    private bool IsShortcut(string name) =>
        name.StartsWith(ResidualRule.ShortcutName, StringComparison.Ordinal) && _scope.Layers.Any(static layer => layer is ResidualSpec);

    private static IEnumerable<string> Names(LayerSpec layer)
    {
        yield return layer.Name;
        if (layer is not BlockUseSpec { Repeat: > 1 and <= BlockExpansion.MostLayers } use)
            yield break;
        for (int repetition = 0; repetition < use.Repeat; repetition++)
            yield return use.RepetitionName(repetition);
    }
}
