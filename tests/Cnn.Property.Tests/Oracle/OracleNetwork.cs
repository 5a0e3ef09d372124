using Cnn.Property.Tests.Layers;

namespace Cnn.Property.Tests.Oracle;

/// <summary>A network evaluated layer by layer, in double: nothing folded, fused or reordered.</summary>
internal sealed class OracleNetwork
{
    private readonly NetworkDescription _description;
    private readonly OracleParameter[][] _parameters;

    public OracleNetwork(NetworkDescription description)
    {
        _description = description;
        _parameters = [.. description.Placed.Select(ParametersOf)];
    }

    /// <summary>In declaration order, under their full names.</summary>
    public IEnumerable<OracleParameter> Parameters => _parameters.SelectMany(parameters => parameters);

    /// <summary>What was too close to be decided in single precision since this was made.</summary>
    public Doubts Doubts { get; } = new();

    /// <summary>Takes parameters and running statistics by name.</summary>
    public void Load(IReadOnlyDictionary<string, float[]> values)
    {
        foreach (OracleParameter parameter in Parameters)
            Array.ConvertAll(values[parameter.Name], value => (double)value).CopyTo(parameter.Values, 0);
    }

    public FeatureMap Predict(FeatureMap inputs) => Forward(inputs, training: false)[^1].Output;

    /// <summary>What every layer that the output depends on makes, by name.</summary>
    public IEnumerable<(string Layer, FeatureMap Output)> Trace(FeatureMap inputs)
    {
        Evaluation[] evaluations = Forward(inputs, training: false);
        return _description.Live.Select(layer => (_description.Placed[layer].Name, evaluations[layer].Output));
    }

    /// <summary>Forward and backward. The parameters' gradients are those of this pass; the running statistics move on.</summary>
    /// <param name="inputs">The batch.</param>
    /// <param name="loss">From the outputs to the loss and its gradient.</param>
    public (FeatureMap Outputs, double Loss, FeatureMap InputGradients) Train(FeatureMap inputs,
        Func<FeatureMap, Doubts, (double Loss, FeatureMap Gradient)> loss)
    {
        foreach (OracleParameter parameter in Parameters)
            Array.Clear(parameter.Gradients);
        Evaluation[] evaluations = Forward(inputs, training: true);
        (double value, FeatureMap outputGradient) = loss(evaluations[^1].Output, Doubts);
        FeatureMap[] gradients = [.. _description.Placed.Select(placed => new FeatureMap(inputs.Images, placed.Shape))];
        gradients[^1].Add(outputGradient);
        foreach (int layer in _description.Live.Where(layer => layer > 0).Reverse())
        {
            FeatureMap[] toSources = evaluations[layer].Backward(gradients[layer]);
            for (int source = 0; source < toSources.Length; source++)
                gradients[_description.Placed[layer].Sources[source]].Add(toSources[source]);
        }

        return (evaluations[^1].Output, value, gradients[0]);
    }

    /// <summary>One step against the gradients.</summary>
    public void Descend(double learningRate)
    {
        foreach (OracleParameter parameter in Parameters.Where(parameter => parameter.IsTrainable))
        {
            for (int index = 0; index < parameter.Values.Length; index++)
                parameter.Values[index] -= learningRate * parameter.Gradients[index];
        }
    }

    private Evaluation[] Forward(FeatureMap inputs, bool training)
    {
        Evaluation[] evaluations = new Evaluation[_description.Placed.Count];
        foreach (int layer in _description.Live)
        {
            PlacedLayer placed = _description.Placed[layer];
            FeatureMap[] sources = layer == 0 ? [inputs] : [.. placed.Sources.Select(source => evaluations[source].Output)];
            evaluations[layer] = placed.Layer.Evaluate(new LayerPass(sources, placed.Shape, _parameters[layer], training, Doubts));
        }

        return evaluations;
    }

    private OracleParameter[] ParametersOf(PlacedLayer placed)
    {
        if (placed.Sources.Length == 0)
            return [];
        OracleParameter[] parameters = [.. placed.Layer.Parameters(_description.Placed[placed.Sources[0]].Shape)];
        foreach (OracleParameter parameter in parameters)
        {
            parameter.Name = placed.Name + "." + parameter.Name;
            parameter.IsTrainable &= !placed.IsFrozen;
        }

        return parameters;
    }
}
