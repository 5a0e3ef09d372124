using Cnn.Generator.Collections;
using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes loops around a call of one of the runtime's kernels.</summary>
internal static class KernelCallEmitter
{
    /// <summary>The default of the runtime's map.</summary>
    private const int UsualOutputs = 4;

    public static void Emit(SourceWriter writer, string name, KernelBody body)
    {
        using Scopes scopes = new();
        scopes.Add(writer.Block($"internal static void {name}({StepSignature.Parameters(body)})"));
        for (int axis = 0; axis < body.Counts.Length; axis++)
            scopes.Add(RowLoop.Open(writer, Index(axis), body.Counts[axis], body.IsDivided && axis == 0));
        writer.Line($"_run::{body.Kernel.Class}.{body.Kernel.Method}({string.Join(", ", body.Arguments.Select(argument => Text(body, argument)))});");
    }

    /// <summary>The map of Winograd's tiles.</summary>
    public static string Map(WinogradMapArgument map) =>
        $"new _run::WinogradMap({Expressions.Number(map.Height)}, {Expressions.Number(map.Width)}, {Expressions.Number(map.Pitch)}, "
        + $"{Expressions.Number(map.Row)}{(map.Image == 0 ? string.Empty : ", " + Expressions.Number(map.Image))}"
        + $"{(map.Outputs == UsualOutputs ? string.Empty : $", Outputs: {Expressions.Number(map.Outputs)}")})";

    private static string Text(KernelBody body, KernelArgument argument) => argument switch
    {
        OperandArgument operand =>
            Expressions.At(body.Operands[operand.Operand].Name, [.. operand.Strides.Select((stride, axis) => Expressions.Product(Index(axis), stride))]),
        NumberArgument number => Expressions.Number(number.Value),
        RealArgument real => Expressions.Real(real.Value),
        FlagArgument flag => Expressions.Flag(flag.Value),
        RunArgument run => StepSignature.NameOf(run.Number),
        ReciprocalArgument reciprocal => $"1f / (images * {Expressions.Number(reciprocal.Count)}f)",
        ImageMultipleArgument multiple => $"(ulong)image * {Expressions.Number(multiple.Count)}UL",
        NumbersArgument numbers => $"[{string.Join(", ", numbers.Values.Select(Expressions.Number))}]",
        ConstantsArgument constants => Constants(constants.Values),
        OperationArgument operation => $"default(_run::{operation.Struct})",
        ActivationArgument activation => Expressions.Activation(activation.Activation),
        EpilogueArgument epilogue => Expressions.Epilogue(epilogue.Epilogue),
        WinogradMapArgument map => Map(map),
        PackingArgument packing => ApiEmitter.Packing(packing.Layout),
        _ => throw new InvalidOperationException($"{argument} is no argument of a finished call."),
    };

    private static string Constants(EquatableArray<float> values) =>
        $"ref _sys::Runtime.InteropServices.MemoryMarshal.GetReference((_sys::ReadOnlySpan<float>)[{string.Join(", ", values.Select(Expressions.Real))}])";

    private static string Index(int axis) => "row" + Expressions.Number(axis);
}
