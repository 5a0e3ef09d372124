using Cnn.Definitions;

namespace Cnn.Generator.Model;

/// <summary>An operation on two tensors, element by element.</summary>
/// <param name="Kind">Which one of the table.</param>
public sealed record BinarySpec(string Kind) : MergeSpec
{
    /// <summary>The kind of a sum.</summary>
    public const string Add = "Add";

    public override string Kind { get; } = Kind;

    internal BinaryDefinition Definition => BinaryTable.Named(Kind);
}

/// <summary>For all that <see cref="BinaryTable"/> has.</summary>
internal sealed class BinaryFactory() : SpecFactory([.. BinaryTable.Kinds])
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new BinarySpec(kind) { Others = [arguments.Text("Other") ?? ""] };
}
