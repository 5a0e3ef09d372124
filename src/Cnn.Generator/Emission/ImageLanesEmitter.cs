using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes the loops around the kernel of <see cref="ImageLanes"/>: chunks of images, and parts of the inputs.</summary>
internal static class ImageLanesEmitter
{
    /// <summary>Writes the method.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="body">What it does.</param>
    /// <param name="call">Writes the call of the kernel with its arguments.</param>
    public static void Emit(SourceWriter writer, string name, ImageLanesBody body, Action<string> call)
    {
        ImageLanes lanes = body.Lanes;
        string chunk = Expressions.Number(ImageLanes.Chunk);
        using (writer.Block($"internal static void {name}({StepSignature.Parameters(body)})"))
        {
            Clear(writer, "dyLanes", lanes.Outputs, lanes.StoredOutputs);
            Clear(writer, "sums", lanes.Inputs, lanes.GradientStep);
            using (writer.Block($"for (int image = 0; image < images; image += {chunk})"))
            {
                writer.Line($"int count = int.Min({chunk}, images - image);");
                writer.Line($"_run::Packing.TransposeBlock(ref At(ref dy, image, {Expressions.Number(lanes.OutputStride)}), "
                    + $"{Expressions.Number(lanes.OutputStride)}, ref dyLanes, {chunk}, count, {Expressions.Number(lanes.Outputs)});");
                using (writer.Block("for (int unit = from; unit < to; unit++)"))
                {
                    call($"{At("w", "unit", lanes.WeightStep)}, ref dyLanes, ref sums");
                    string target =
                        $"ref At(ref At(ref dx, image, {Expressions.Number(lanes.InputStride)}), "
                        + $"{Expressions.Sum([Expressions.Product("unit", lanes.GradientStep)])})";
                    writer.Line($"_run::Packing.TransposeBlock(ref sums, {chunk}, {target}, {Expressions.Number(lanes.InputStride)}, "
                        + $"{Expressions.Number(lanes.GradientStep)}, count);");
                }
            }
        }
    }

    private static void Clear(SourceWriter writer, string name, int used, int all)
    {
        if (all > used)
            writer.Line($"_run::ElementWise.Clear({Expressions.At(name, [Expressions.Number(used * ImageLanes.Chunk)])}, "
                + $"{Expressions.Number((all - used) * ImageLanes.Chunk)});");
    }

    private static string At(string name, string index, int step) => Expressions.At(name, [Expressions.Product(index, step)]);
}
