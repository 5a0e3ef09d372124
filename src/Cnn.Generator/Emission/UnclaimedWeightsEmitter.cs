using Cnn.Generator.Model;

namespace Cnn.Generator.Emission;

/// <summary>Writes an <c>#error</c> for weights that belong to no network, so that a build without analyzers fails too.</summary>
public static class UnclaimedWeightsEmitter
{
    public const string HintName = "CnnWeights.g.cs";

    /// <summary>The file; empty where nothing is wrong.</summary>
    public static string Emit(IEnumerable<Fault?> faults) => string.Concat(faults.Where(static fault => fault is not null).Select(static fault =>
        $"#error {FaultyNetworkEmitter.OneLine($"Pretrained was not generated: {fault!.Id} {FaultCatalog.Message(fault)}")}\n"));
}
