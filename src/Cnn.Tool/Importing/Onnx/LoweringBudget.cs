namespace Cnn.Tool.Importing.Onnx;

/// <summary>
/// Bounds what is computed with constants while a model is read: what a node does takes time and memory in proportion to the constants that it reads
/// and makes, and a hostile model has many nodes that share one large constant.
/// </summary>
/// <param name="model">What was read. Real models use each constant once or twice.</param>
internal sealed class LoweringBudget(OnnxModel model)
{
    private const long Basis = 1 << 22;
    private const long UsesOfEach = 8;

    private long _held = model.Constants.Values.Sum(tensor => tensor.Held);
    private long _computed;

    /// <exception cref="ImportException">It is too much.</exception>
    public void TakeInputs(OperatorNode node) => Take(node, node.Inputs.OfType<ConstantValue>().Sum(constant => constant.Tensor.Held));

    /// <inheritdoc cref="TakeInputs"/>
    public void TakeOutputs(OperatorNode node, IReadOnlyList<OnnxValue> outputs)
    {
        if (node.Operator == "Constant")
            _held = CheckedSum(_held, outputs.OfType<ConstantValue>().Sum(constant => constant.Tensor.Held));
        else
            Take(node, outputs.Sum(output => MadeBy(node, output)));
    }

    /// <summary>The elements that a model holds, with more of them.</summary>
    /// <exception cref="ImportException">They are too many.</exception>
    public static long CheckedSum(long held, long more) => held + more <= Tensor.MostElements
        ? held + more
        : throw new ImportException($"The model's constants have {held + more:N0} elements and more; at most {Tensor.MostElements:N0} are read.");

    private static long MadeBy(OperatorNode node, OnnxValue output) => output switch
    {
        ConstantValue constant => constant.Tensor.Held,
        FeatureValue { Layer: { } layer } when layer.Source == node.Source => layer.Parameters.Sum(parameter => parameter.Values.Held),
        _ => 0,
    };

    private void Take(OperatorNode node, long elements)
    {
        _computed += elements;
        long most = Basis + (UsesOfEach * _held);
        if (_computed > most)
            throw new ImportException($"The nodes up to {node.Source} compute with constants of {_computed:N0} elements together; "
                + $"with those that this model holds, at most {most:N0} are computed.");
    }
}
