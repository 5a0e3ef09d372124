using Cnn.Generator.Model;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Cnn.Generator.Reading;

/// <summary>Reads what the project file asks of the generator.</summary>
internal static class EmitOptionsReader
{
    /// <summary>
    /// <c>CnnInstructionSets</c>: a list of avx512, avx2, neon and scalar; empty means all. The scalar kernels are always there. <c>CnnStepTimes</c>: true or
    /// not.
    /// </summary>
    public static EmitOptions Read(AnalyzerConfigOptions options)
    {
        bool times = options.TryGetValue("build_property.CnnStepTimes", out string? value) && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
        if (!options.TryGetValue("build_property.CnnInstructionSets", out string? sets) || string.IsNullOrWhiteSpace(sets))
            return new EmitOptions { StepTimes = times };
        HashSet<string> names = new(sets.Split(';', ',', ' ').Select(static name => name.Trim()), StringComparer.OrdinalIgnoreCase);
        return new EmitOptions(names.Contains("avx512"), names.Contains("avx2"), names.Contains("neon"), times);
    }
}
