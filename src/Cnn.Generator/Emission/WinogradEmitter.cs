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
        writer.Line(TileEmitter.OptimizedAttribute);
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
        string chunks = Expressions.Number(batch.Chunks);
        using Scopes scopes = new();
        writer.Line(TileEmitter.OptimizedAttribute);
        scopes.Add(writer.Block($"internal static void {name}({StepSignature.Parameters(body)})"));
        writer.Line($"int all = from < to ? {Expressions.Product("images", batch.Tiles)} : 0;");
        using (writer.Block($"for (int tile = 0; tile < all; tile += {strip})"))
        {
            writer.Line($"int tiles = int.Min({strip}, all - tile);");
            using (writer.Block($"for (int row = {Quotient("from", batch.Chunks)}; {Expressions.Product("row", batch.Chunks)} < to; row++)"))
            {
                writer.Line($"int first = int.Max(from - {Expressions.Product("row", batch.Chunks)}, 0);");
                writer.Line($"int end = int.Min(to - {Expressions.Product("row", batch.Chunks)}, {chunks});");
                EmitRow(writer, body, call);
            }
        }
    }

    private static void EmitRow(SourceWriter writer, WinogradGradientBody body, Action<SectionKernel, string> call)
    {
        WinogradBatch batch = body.Batch;
        (int inputs, int outputs) = (batch.Convolution.Input.Channels, batch.Convolution.Output.Channels);
        string channels = batch.Chunks == 1 ? Expressions.Number(LaneBlocks.Lanes(inputs)) : $"(end - first) * {Expressions.Number(batch.InputsOfUnit)}";
        string chunk = Term("first", batch.Chunks == 1 ? 0 : batch.InputsOfUnit);
        writer.Line($"_run::WinogradTraining.TransformInputRow({At("x", 0, [chunk])}, {At("points", 0, [chunk])}, {KernelCallEmitter.Map(body.InputMap)}, "
            + $"row, tile, tiles, {channels}, {Expressions.Number(batch.GradientPointStep(inputs))});");
        writer.Line($"_run::WinogradTraining.TransformGradientRow(ref dy, ref gradients, {KernelCallEmitter.Map(body.GradientMap)}, "
            + $"row, tile, tiles, {Expressions.Number(batch.GradientPointStep(outputs))});");
        ContractionBody kernels = body.Kernels;
        foreach (LaneSection section in kernels.Contraction.Sections)
        {
            string[] sums =
            [
                Term("row", WinogradForm.AxisPoints * section.CBlockStep), Term("point", section.CBlockStep),
                Term("chunk", batch.InputsOfUnit * section.CUnit),
            ];
            using (writer.Block($"for (int point = 0; point < {Expressions.Number(section.Blocks)}; point++)"))
            using (writer.Block("for (int chunk = first; chunk < end; chunk++)"))
            {
                call(Kernel(kernels, section),
                    $"{At("points", section.AOffset, [Term("point", section.ABlockStep), Term("chunk", batch.InputsOfUnit)])}, "
                    + $"{At("gradients", section.BOffset, [Term("point", section.BBlockStep)])}, "
                    + $"{At("sums", section.COffset, sums)}, tiles, tile == 0");
            }
        }
    }

    private static SectionKernel Kernel(ContractionBody kernels, LaneSection section) => kernels.Sections.First(kernel => kernel.Serves(section));

    private static string Term(string index, int step) => step == 0 ? string.Empty : Expressions.Product(index, step);

    private static string Quotient(string dividend, int divisor) => divisor == 1 ? dividend : $"{dividend} / {Expressions.Number(divisor)}";

    private static string At(string operand, int offset, IEnumerable<string> terms) =>
        Expressions.At(operand, [.. offset == 0 ? [] : new[] { Expressions.Number(offset) }, .. terms.Where(static term => term.Length > 0)]);
}
