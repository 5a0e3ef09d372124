using Cnn.Definitions;
using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>Any element-wise activation; its numbers are already rounded to float.</summary>
public sealed record ActivationSpec : LayerSpec
{
    public override string Kind => Definition.Kind;

    /// <inheritdoc/>
    public override bool IsElementWise => true;

    /// <summary>The function's name among the definitions.</summary>
    public required string Activation { get; init; }

    /// <summary>In the order of the definition; empty where the activation has none.</summary>
    public EquatableArray<float> Numbers { get; init; }

    /// <summary>The function alone, of no layer: those of two layers are equal, and so is what does them.</summary>
    public ActivationSpec Function => new() { Activation = Activation, Numbers = Numbers };

    internal ActivationDefinition Definition => ActivationTable.Named(Activation);

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) =>
    [
        .. Definition.Flag is { } flag ? [ResolvedArgument.Of(flag.LowerName, flag.Value)] : (ResolvedArgument[])[],
        .. Definition.Numbers.Select((number, index) => ResolvedArgument.Of(number.LowerName, Numbers[index])),
    ];
}

/// <summary>For all that <see cref="ActivationTable"/> has.</summary>
internal sealed class ActivationFactory() : SpecFactory([.. ActivationTable.Kinds])
{
    public override LayerSpec Create(string kind, LayerArguments arguments)
    {
        ActivationDefinition activation = ActivationTable.OfKind(kind).First(Chooses);
        return new ActivationSpec
        {
            Activation = activation.Name,
            Numbers = activation.Numbers.Select(number => arguments.Real(number.Name)).ToEquatableArray(),
        };

        bool Chooses(ActivationDefinition candidate) => candidate.Flag is not { } flag || arguments.Flag(flag.Name) == flag.Value;
    }
}
