using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>What is known of a kind of layer's shapes.</summary>
/// <remarks><see cref="ShapeInference"/> finds the classes that derive from <see cref="LayerRule{TSpec}"/>.</remarks>
internal abstract class LayerRule
{
    /// <summary>The record that it is for, with those that derive from it.</summary>
    public abstract Type Spec { get; }

    /// <summary>Finds arguments that are wrong whatever the input.</summary>
    public abstract void Check(LayerSpec layer, LayerFaults faults);

    /// <summary>The output's shape with what follows from it; null where there is none, for which there is a fault.</summary>
    /// <param name="layer">With sound arguments.</param>
    /// <param name="inputs">What it takes; nothing where it is the network's input.</param>
    /// <param name="faults">The layer's.</param>
    public abstract LayerOutput? Infer(LayerSpec layer, IReadOnlyList<LayerInput> inputs, LayerFaults faults);
}

/// <inheritdoc/>
/// <typeparam name="TSpec">The layer's record.</typeparam>
internal abstract class LayerRule<TSpec> : LayerRule
    where TSpec : LayerSpec
{
    /// <inheritdoc/>
    public sealed override Type Spec => typeof(TSpec);

    /// <inheritdoc/>
    public sealed override void Check(LayerSpec layer, LayerFaults faults) => Check((TSpec)layer, faults);

    /// <inheritdoc/>
    public sealed override LayerOutput? Infer(LayerSpec layer, IReadOnlyList<LayerInput> inputs, LayerFaults faults) =>
        Infer((TSpec)layer, inputs, faults);

    /// <inheritdoc cref="Check(LayerSpec, LayerFaults)"/>
    protected virtual void Check(TSpec layer, LayerFaults faults)
    {
    }

    /// <inheritdoc cref="Infer(LayerSpec, IReadOnlyList{LayerInput}, LayerFaults)"/>
    protected virtual LayerOutput? Infer(TSpec layer, IReadOnlyList<LayerInput> inputs, LayerFaults faults) =>
        inputs.Count == 0 ? null : Infer(layer, inputs[0], faults);

    /// <summary>Of a layer with one input. Unless told otherwise, the shape stays.</summary>
    protected virtual LayerOutput? Infer(TSpec layer, LayerInput input, LayerFaults faults) => LayerOutput.SameAs(input);
}
