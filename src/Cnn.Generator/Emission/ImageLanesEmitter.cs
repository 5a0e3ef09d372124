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
    /// <param name="kernel">The name of the kernel's ladder.</param>
    public static void Emit(SourceWriter writer, string name, ImageLanesBody body, string kernel)
    {
        ImageLanes lanes = body.Lanes;
        string chunk = Expressions.Number(ImageLanes.Chunk);
        using (writer.Block($"internal static void {name}({StepSignature.Parameters(body)})"))
        {
            Clear(writer, "dyLanes", lanes.Outputs, lanes.StoredOutputs);
            Clear(writer, "sums", lanes.Inputs, lanes.GradientStep);
            using (writer.Block($"for (_sys::IntPtr image = 0; image < images; image += {chunk})"))
            {
                writer.Line($"_sys::IntPtr count = _sys::IntPtr.Min({chunk}, images - image);");
                writer.Line($"_run::Packing.TransposeBlock({At("dy", "image", lanes.OutputStride)}, {Expressions.Number(lanes.OutputStride)}, ref dyLanes, {chunk}, count, {Expressions.Number(lanes.Outputs)});");
                using (writer.Block("for (int unit = from; unit < to; unit++)"))
                {
                    writer.Line($"{kernel}({At("w", "unit", lanes.WeightStep)}, ref dyLanes, ref sums);");
                    string target = Expressions.Reference("dx", [Expressions.Product("image", lanes.InputStride), Expressions.Product("unit", lanes.GradientStep)]);
                    writer.Line($"_run::Packing.TransposeBlock(ref sums, {chunk}, {target}, {Expressions.Number(lanes.InputStride)}, {Expressions.Number(lanes.GradientStep)}, count);");
                }
            }
        }
    }

    private static void Clear(SourceWriter writer, string name, int used, int all)
    {
        if (all > used)
            writer.Line($"_run::ElementWise.Clear({Expressions.Reference(name, [Expressions.Number(used * ImageLanes.Chunk)])}, {Expressions.Number((all - used) * ImageLanes.Chunk)});");
    }

    private static string At(string name, string index, int step) => Expressions.Reference(name, [Expressions.Product(index, step)]);
}
