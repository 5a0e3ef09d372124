using Cnn.Generator.Planning;

namespace Cnn.Generator.Emission;

/// <summary>What a step method takes: its operands, and where it is divided which part it is, of how many.</summary>
internal static class StepSignature
{
    public static string Parameters(StepBody body, IEnumerable<string>? extra = null) => string.Join(", ", [
        .. body.Operands.Select(static operand => "ref float " + operand), .. extra ?? [], .. Division(body, "int ")]);

    /// <summary>What it hands on to a method of the same operands.</summary>
    public static string Arguments(StepBody body) => string.Join(", ", [.. body.Operands.Select(static operand => "ref " + operand), .. Division(body, string.Empty)]);

    private static IEnumerable<string> Division(StepBody body, string type) => body.IsDivided ? [type + "part", type + "parts"] : [];
}
