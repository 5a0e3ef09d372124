namespace Cnn.Generator.Model;

/// <summary>Makes the record of a layer from the arguments of its attribute. <see cref="LayerFactory"/> finds the classes that derive from it.</summary>
/// <param name="kinds">The attributes without their suffix.</param>
internal abstract class SpecFactory(params string[] kinds)
{
    public IReadOnlyList<string> Kinds => kinds;

    /// <summary>The record, without what every layer has.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="arguments">By name.</param>
    public abstract LayerSpec Create(string kind, LayerArguments arguments);
}
