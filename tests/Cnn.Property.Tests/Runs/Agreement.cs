using Cnn.Functional.Tests.Support;
using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Runs;

/// <summary>What a generated network and the oracle, or two runs of a generated network, must have in common.</summary>
internal static class Agreement
{
    /// <summary>Whether every instruction set of this process has fused multiply-add, so that all give the same bits.</summary>
    public static bool IsFused => System.Runtime.Intrinsics.X86.Fma.IsSupported || System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported;

    /// <summary>
    /// Shapes, names and parameters are those of the description, and on every instruction set and thread count so are all results: to the bit the same ones
    /// where multiply-adds are fused, and on one set without.
    /// </summary>
    /// <param name="given">The case.</param>
    /// <param name="create">Makes the network.</param>
    public static void Check(NetworkCase given, Func<INetwork> create)
    {
        try
        {
            CheckDeclared(given.Description, create());
            Dictionary<string, float[]>? first = null;
            foreach ((InstructionSet set, int threads) in Ways)
            {
                using InstructionSetScope scope = new(set);
                Dictionary<string, float[]> results = ProductRun.Run(create(), given, threads);
                string way = $" on {set} with {threads} threads";
                if (first is not null && (IsFused || set == InstructionSets.Best))
                    CheckBits(first, results, way);
                else
                    CheckExpected(given, results, way);
                first ??= results;
            }
        }
        catch (Exception exception)
        {
            throw new DisagreementException(given, exception);
        }
    }

    /// <summary>The best set first, and every set and number of threads at least once.</summary>
    private static IEnumerable<(InstructionSet Set, int Threads)> Ways =>
    [
        (InstructionSets.Best, 1), (InstructionSets.Best, 2), (InstructionSets.Best, 3),
        .. InstructionSetScope.All.Where(set => set != InstructionSets.Best).Select((set, index) => (set, (index % 3) + 1)),
    ];

    private static void CheckDeclared(NetworkDescription description, INetwork network)
    {
        Assert.Equal(
            new OracleNetwork(description).Parameters.Select(parameter => $"{parameter.Name} [{string.Join(", ", parameter.Shape)}] {parameter.IsTrainable}"),
            network.Parameters.Select(parameter => $"{parameter.Name} [{string.Join(", ", parameter.Shape.ToArray())}] {parameter.IsTrainable}"));
        Dictionary<string, string> shapes = [];
        foreach (LayerSummary layer in network.Summary.Layers)
            shapes.Add(layer.Name, string.Join("x", layer.OutputShape.ToArray()));
        foreach (PlacedLayer placed in description.Placed.Where(placed => shapes.ContainsKey(placed.Name)))
            Assert.Equal($"{placed.Name}: {placed.Shape}", $"{placed.Name}: {shapes[placed.Name]}");
        Assert.Equal(description.OutputShape.ToString(), string.Join("x", network.Summary.OutputShape.ToArray()));
    }

    private static void CheckExpected(NetworkCase given, Dictionary<string, float[]> results, string way)
    {
        Assert.Equal(given.Expected.Keys.Order(StringComparer.Ordinal), results.Keys.Order(StringComparer.Ordinal));
        foreach ((string name, double[] expected) in given.Expected)
            ToleranceOf(name).Check(expected, results[name], name + way);
    }

    private static void CheckBits(Dictionary<string, float[]> first, Dictionary<string, float[]> results, string way)
    {
        foreach ((string name, float[] expected) in first)
            Tolerance.SameBits(expected, results[name], name + way);
    }

    public static Tolerance ToleranceOf(string name) =>
        name.Contains("gradient", StringComparison.Ordinal) || name.StartsWith("after", StringComparison.Ordinal) ? Tolerance.Training : Tolerance.Pass;
}

/// <summary>A generated network that is wrong, with the declaration to paste.</summary>
internal sealed class DisagreementException(NetworkCase given, Exception reason) : Exception($"{reason.Message}\n\n{given}", reason);
