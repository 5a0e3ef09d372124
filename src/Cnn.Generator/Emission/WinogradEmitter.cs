using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes the loops over strips of tiles around the matrix products of <see cref="WinogradBatch"/>.</summary>
internal static class WinogradEmitter
{
    /// <summary>Writes a convolution.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="name">The method's name.</param>
    /// <param name="body">What it does.</param>
    /// <param name="call">Writes the call of a section's kernel with its arguments.</param>
    public static void Emit(SourceWriter writer, string name, WinogradBody body, Action<SectionKernel, string> call)
    {
        WinogradBatch batch = body.Batch;
        int outputs = batch.Convolution.Output.Channels;
        string strip = Expressions.Number(batch.Strip);
        using (writer.Block($"internal static void {name}({StepSignature.Parameters(body)})"))
        using (writer.Block($"for (int tile = from; tile < to; tile += {strip})"))
        {
            writer.Line($"int tiles = int.Min({strip}, to - tile);");
            writer.Line($"_run::Winograd.TransformInput(ref x, ref points, {KernelCallEmitter.Map(body.InputMap)}, tile, tiles, "
                + $"{Expressions.Number(batch.PointStep(batch.Convolution.Input.Channels))});");
            ContractionBody kernels = body.Kernels;
            foreach (LaneSection section in kernels.Contraction.Sections)
            {
                using (writer.Block($"for (int point = 0; point < {Expressions.Number(section.Blocks)}; point++)"))
                    call(Kernel(kernels, section), $"{At("points", section.AOffset, [Term("point", section.ABlockStep)])}, "
                        + $"{At("w", section.BOffset, [Term("point", section.BBlockStep)])}, "
                        + $"{At("products", section.COffset, [Term("point", section.CBlockStep)])}, tiles");
            }

            string bias = body.HasBias ? "ref b, " : string.Empty;
            string residual = body.ResidualMap is null ? string.Empty : "ref r, ";
            string residualMap = body.ResidualMap is { } map ? KernelCallEmitter.Map(map) + ", " : string.Empty;
            writer.Line($"_run::Winograd.TransformOutput(ref products, {bias}{residual}ref y, "
                + $"{residualMap}{KernelCallEmitter.Map(body.OutputMap)}, tile, tiles, {Expressions.Number(LaneBlocks.Lanes(outputs))}, "
                + $"{Expressions.Number(batch.PointStep(outputs))}, {Expressions.Epilogue(body.Epilogue)});");
        }
    }

    /// <summary>Writes the sums of a weight's gradient.</summary>
    /// <inheritdoc cref="Emit(SourceWriter, string, WinogradBody, Action{SectionKernel, string})"/>
    public static void Emit(SourceWriter writer, string name, WinogradGradientBody body, Action<SectionKernel, string> call)
    {
        WinogradBatch batch = body.Batch;
        string strip = Expressions.Number(batch.GradientStrip);
        using Scopes scopes = new();
        scopes.Add(writer.Block($"internal static void {name}({StepSignature.Parameters(body)})"));
        writer.Line($"int all = from < to ? {Expressions.Product("images", batch.Tiles)} : 0;");
        using (writer.Block($"for (int tile = 0; tile < all; tile += {strip})"))
        {
            writer.Line($"int tiles = int.Min({strip}, all - tile);");
            using (writer.Block($"for (int row = {$"from / {Expressions.Number(batch.RowParts)}"}; {Expressions.Product("row", batch.RowParts)} < to; row++)"))
            {
                writer.Line($"int first = int.Max(from - {Expressions.Product("row", batch.RowParts)}, 0);");
                writer.Line($"int end = int.Min(to - {Expressions.Product("row", batch.RowParts)}, {Expressions.Number(batch.RowParts)});");
                EmitRow(writer, body, call);
            }
        }
    }

    private static void EmitRow(SourceWriter writer, WinogradGradientBody body, Action<SectionKernel, string> call)
    {
        WinogradBatch batch = body.Batch;
        (int inputs, int outputs) = (batch.Convolution.Input.Channels, batch.Convolution.Output.Channels);
        bool isOne = batch.Chunks == 1;
        string channels = isOne ? Expressions.Number(LaneBlocks.Lanes(inputs)) : $"(end - first) * {Expressions.Number(batch.InputsOfUnit)}";
        string start = isOne ? string.Empty : Term("first", batch.InputsOfUnit);
        writer.Line($"_run::WinogradTraining.TransformInputRow({At("x", 0, [start])}, {At("points", 0, [start])}, {KernelCallEmitter.Map(body.InputMap)}, "
            + $"row, tile, tiles, {channels}, {Expressions.Number(batch.GradientPointStep(inputs))});");
        writer.Line($"_run::WinogradTraining.TransformGradientRow(ref dy, ref gradients, {KernelCallEmitter.Map(body.GradientMap)}, "
            + $"row, tile, tiles, {Expressions.Number(batch.GradientPointStep(outputs))});");
        ContractionBody kernels = body.Kernels;
        foreach (LaneSection section in kernels.Contraction.Sections)
        {
            string chunk = isOne ? string.Empty : Term("chunk", batch.InputsOfUnit);
            string[] sums =
            [
                Term("row", WinogradForm.AxisPoints * section.CBlockStep), Term("point", section.CBlockStep),
                isOne ? string.Empty : Term("chunk", batch.InputsOfUnit * section.CUnit),
            ];
            using Scopes scopes = new();
            scopes.Add(writer.Block(isOne
                ? "for (int point = first; point < end; point++)"
                : $"for (int point = 0; point < {Expressions.Number(section.Blocks)}; point++)"));
            if (!isOne)
                scopes.Add(writer.Block("for (int chunk = first; chunk < end; chunk++)"));
            call(Kernel(kernels, section),
                $"{At("points", section.AOffset, [Term("point", section.ABlockStep), chunk])}, "
                + $"{At("gradients", section.BOffset, [Term("point", section.BBlockStep)])}, "
                + $"{At("sums", section.COffset, sums)}, tiles, tile == 0");
        }
    }

    private static SectionKernel Kernel(ContractionBody kernels, LaneSection section) => kernels.Sections.First(kernel => kernel.Serves(section));

    private static string Term(string index, int step) => step == 0 ? string.Empty : Expressions.Product(index, step);

    private static string At(string operand, int offset, IEnumerable<string> terms) =>
        Expressions.At(operand, [.. offset == 0 ? [] : new[] { Expressions.Number(offset) }, .. terms.Where(static term => term.Length > 0)]);
}
