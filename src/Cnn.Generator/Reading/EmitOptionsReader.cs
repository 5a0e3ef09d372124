using Cnn.Generator.Model;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Cnn.Generator.Reading;

/// <summary>Reads what the project file asks of the generator.</summary>
internal static class EmitOptionsReader
{
    /// <summary>
    /// <c>CnnInstructionSets</c>: a list of avx512, avx2, neon, wasm and scalar; empty means all. The scalar kernels are always there, and those of neon
    /// have all of wasm's text. <c>CnnStepTimes</c> and <c>CnnTrace</c>: true or not. <c>CnnWinogradTraining</c>: false or not.
    /// </summary>
    public static EmitOptions Read(AnalyzerConfigOptions options)
    {
        EmitOptions switches = new()
        {
            StepTimes = Is(options, "CnnStepTimes", "true"),
            Trace = Is(options, "CnnTrace", "true"),
            WinogradTraining = !Is(options, "CnnWinogradTraining", "false"),
        };
        if (!options.TryGetValue("build_property.CnnInstructionSets", out string? sets) || string.IsNullOrWhiteSpace(sets))
            return switches;
        HashSet<string> names = new(sets.Split(';', ',', ' ').Select(static name => name.Trim()), StringComparer.OrdinalIgnoreCase);
        return switches with
        {
            Avx512 = names.Contains("avx512"),
            Avx2 = names.Contains("avx2"),
            Neon = names.Contains("neon"),
            Wasm = names.Contains("wasm"),
        };
    }

    private static bool Is(AnalyzerConfigOptions options, string property, string wanted) =>
        options.TryGetValue("build_property." + property, out string? value) && string.Equals(value, wanted, StringComparison.OrdinalIgnoreCase);
}
