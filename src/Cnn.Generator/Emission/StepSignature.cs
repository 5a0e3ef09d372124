using Cnn.Generator.Planning;

namespace Cnn.Generator.Emission;

/// <summary>What a step method takes: its operands, and numbers that are known when it runs.</summary>
internal static class StepSignature
{
    public static string Parameters(StepBody body) => Parameters(body, body.Numbers);

    /// <summary>The parameters of a method that takes some of the numbers.</summary>
    public static string Parameters(StepBody body, RunNumbers numbers) => Parameters(body.Operands.Select(TypeAndName), numbers);

    /// <summary>The parameters of a kernel of the method: floats, in whatever the weights are kept.</summary>
    public static string KernelParameters(StepBody body, RunNumbers numbers) =>
        Parameters(body.Operands.Select(static operand => "ref float " + operand.Name), numbers);

    private static string Parameters(IEnumerable<string> operands, RunNumbers numbers) => string.Join(", ", [
        .. operands,
        .. numbers.Each().Select(static number => $"{TypeOf(number)} {NameOf(number)}")]);

    /// <summary>What it hands on to a method of the same parameters.</summary>
    public static string Arguments(StepBody body) =>
        string.Join(", ", [.. body.Operands.Select(static operand => "ref " + operand.Name), .. body.Numbers.Each().Select(NameOf)]);

    private static string TypeAndName(StepOperand operand) => (operand.IsWeight ? "_run::Weights " : "ref float ") + operand.Name;

    public static string NameOf(RunNumbers number) => number switch
    {
        RunNumbers.Images => "images",
        RunNumbers.IsFirst => "first",
        RunNumbers.DropoutKey => "key",
        RunNumbers.Image => "image",
        RunNumbers.From => "from",
        RunNumbers.To => "to",
        RunNumbers.Part => "part",
        _ => "parts",
    };

    private static string TypeOf(RunNumbers number) => number switch
    {
        RunNumbers.IsFirst => "bool",
        RunNumbers.DropoutKey => "ulong",
        _ => "int",
    };
}
