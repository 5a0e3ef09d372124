using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Reading;

/// <summary>Names of the runtime's types that the generator looks for.</summary>
public static class ContractNames
{
    /// <summary>For <c>ForAttributeWithMetadataName</c>.</summary>
    public const string NetworkMetadataName = Namespace + "." + Network;

    /// <summary>The mark of blocks, for <c>ForAttributeWithMetadataName</c>.</summary>
    public const string BlockMetadataName = Namespace + "." + Block;

    internal const string Namespace = "Cnn";
    internal const string Network = "NetworkAttribute";
    internal const string Layer = "LayerAttribute";
    internal const string Output = "OutputAttribute";
    internal const string Loss = "Loss";
    internal const string NetworkInterface = "INetwork";
    internal const string Trainer = "ITrainer";
    internal const string Predictor = "IPredictor";

    /// <summary>Without type parameters the mark of a block, with one the use of it.</summary>
    internal const string Block = "BlockAttribute";
    internal const string FirstOnly = "FirstOnlyAttribute";
    internal const string InputChannels = "InputChannelsAttribute";
    internal const string Repetition = "RepetitionAttribute";

    internal static bool IsContractType(INamedTypeSymbol type, string name, int arity = 0) =>
        type.Name == name && type.Arity == arity && type.ContainingType is null
        && type.ContainingNamespace is { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true };
}
