namespace Cnn.Property.Tests.Oracle;

/// <summary>What a layer finds when it is evaluated.</summary>
/// <param name="inputs">Its input first, then its operands.</param>
/// <param name="outputShape">Of one image.</param>
/// <param name="parameters">Its own.</param>
/// <param name="training">Whether norms use, and follow, the batch's statistics.</param>
/// <param name="doubts">Where close decisions are noted.</param>
internal sealed class LayerPass(
    IReadOnlyList<FeatureMap> inputs, MapShape outputShape, IReadOnlyList<OracleParameter> parameters, bool training, Doubts doubts)
{
    public FeatureMap Input => inputs[0];

    public IReadOnlyList<FeatureMap> Inputs => inputs;

    public bool Training => training;

    public Doubts Doubts => doubts;

    public FeatureMap NewOutput() => new(Input.Images, outputShape);

    /// <summary>A parameter by its name within the layer, or null where the layer has none of that name.</summary>
    public OracleParameter? Find(string name) => parameters.FirstOrDefault(parameter => parameter.Name.EndsWith("." + name, StringComparison.Ordinal));

    public OracleParameter Get(string name) => Find(name) ?? throw new ArgumentException($"The layer has no {name}.", nameof(name));
}

/// <summary>A layer's output, and the way back.</summary>
/// <param name="Output">What the layer computed.</param>
/// <param name="Backward">From the gradient of the output to those of the inputs, in their order; adds to those of the parameters.</param>
internal sealed record Evaluation(FeatureMap Output, Func<FeatureMap, FeatureMap[]> Backward);
