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
        _parameters = [.. Enumerable.Range(0, description.Layers.Count).Select(ParametersOf)];
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

    /// <summary>Forward and backward. The parameters' gradients are those of this pass; the running statistics move on.</summary>
    /// <param name="inputs">The batch.</param>
    /// <param name="loss">From the outputs to the loss and its gradient.</param>
    public (FeatureMap Outputs, double Loss, FeatureMap InputGradients) Train(FeatureMap inputs, Func<FeatureMap, Doubts, (double Loss, FeatureMap Gradient)> loss)
    {
        foreach (OracleParameter parameter in Parameters)
            Array.Clear(parameter.Gradients);
        Evaluation[] evaluations = Forward(inputs, training: true);
        (double value, FeatureMap outputGradient) = loss(evaluations[^1].Output, Doubts);
        FeatureMap[] gradients = [.. _description.Shapes.Select(shape => new FeatureMap(inputs.Images, shape))];
        gradients[^1].Add(outputGradient);
        foreach (int layer in _description.Live.Where(layer => layer > 0).Reverse())
        {
            FeatureMap[] toSources = evaluations[layer].Backward(gradients[layer]);
            for (int source = 0; source < toSources.Length; source++)
                gradients[_description.Sources(layer)[source]].Add(toSources[source]);
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
        Evaluation[] evaluations = new Evaluation[_description.Layers.Count];
        foreach (int layer in _description.Live)
        {
            FeatureMap[] sources = layer == 0 ? [inputs] : [.. _description.Sources(layer).Select(source => evaluations[source].Output)];
            evaluations[layer] = _description.Layers[layer].Evaluate(new LayerPass(sources, _description.Shapes[layer], _parameters[layer], training, Doubts));
        }

        return evaluations;
    }

    private OracleParameter[] ParametersOf(int layer)
    {
        if (layer == 0)
            return [];
        OracleParameter[] parameters = [.. _description.Layers[layer].Parameters(_description.Shapes[_description.Sources(layer)[0]])];
        foreach (OracleParameter parameter in parameters)
        {
            parameter.Name = _description.Names[layer] + "." + parameter.Name;
            parameter.IsTrainable &= !_description.Layers[layer].Frozen;
        }

        return parameters;
    }
}
