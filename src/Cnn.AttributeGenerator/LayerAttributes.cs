using Cnn.Definitions;
using Microsoft.CodeAnalysis;

namespace Cnn.AttributeGenerator;

/// <summary>Writes the attributes of the layers into the runtime, so that their arguments and defaults stand in the table alone.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class LayerAttributes : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterPostInitializationOutput(static output =>
    {
        output.AddSource("WindowAttribute.cs", new LayerAttributeText(WindowLayers.Base, isBase: true).ToString());
        foreach (LayerDefinition layer in LayerTable.All.Where(static layer => !layer.IsWrittenByHand))
            output.AddSource($"{layer.Kind}Attribute.cs", new LayerAttributeText(layer, isBase: false).ToString());
    });
}
