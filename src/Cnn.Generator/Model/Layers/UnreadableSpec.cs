namespace Cnn.Generator.Model;

/// <summary>A layer with an argument that is not a value, as half-typed code has them. The network carries a fault for it.</summary>
/// <param name="Attribute">The attribute without its suffix, so that the ordinals of the layers after it stay right.</param>
public sealed record UnreadableSpec(string Attribute) : LayerSpec
{
    public override string Kind => Attribute;
}
