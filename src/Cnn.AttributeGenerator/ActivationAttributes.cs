using Cnn.Definitions;
using Microsoft.CodeAnalysis;

namespace Cnn.AttributeGenerator;

/// <summary>Writes the attributes of the activations into the runtime, so that their arguments and defaults stand in the table alone.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ActivationAttributes : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterPostInitializationOutput(static output =>
    {
        foreach (string kind in ActivationTable.Kinds)
            output.AddSource($"{kind}Attribute.cs", ActivationAttributeText.Of([.. ActivationTable.OfKind(kind)]));
    });
}
