using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Makes the node of a kind of layer. <see cref="NodeBuilder"/> finds the classes that derive from <see cref="NodeFactory{TSpec}"/>.</summary>
internal abstract class NodeFactory
{
    /// <summary>The record that it is for, with those that derive from it.</summary>
    public abstract Type Spec { get; }

    /// <summary>The node; null for a layer that moves nothing, whose readers then take its input.</summary>
    public abstract Node? Make(NodeSite site);
}

/// <inheritdoc/>
/// <typeparam name="TSpec">The layer's record.</typeparam>
internal abstract class NodeFactory<TSpec> : NodeFactory
    where TSpec : LayerSpec
{
    /// <inheritdoc/>
    public sealed override Type Spec => typeof(TSpec);
}
