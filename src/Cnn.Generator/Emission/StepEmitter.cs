using Cnn.Generator.Collections;
using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes the step methods of all layers: what is the same on every instruction set.</summary>
internal sealed class StepEmitter(SourceWriter writer, EmitOptions options)
{
    /// <summary>Ends the name of a kernel's text for 512-bit vectors.</summary>
    public const string WideSuffix = "Wide";

    public void Emit(StepMethod method)
    {
        writer.Line($"// {method.Name}: {method.Formula}.");
        switch (method.Body)
        {
            case ContractionBody body:
                EmitContraction(method.Name, body);
                break;
            case ImageLanesBody body:
                EmitImageLanes(method.Name, body);
                break;
            case PoolBody body:
                EmitPool(method.Name, body);
                break;
            case AdaptivePoolBody body:
                new AdaptivePoolEmitter(writer, body).Emit(method.Name, options);
                break;
            case KernelBody body:
                KernelCallEmitter.Emit(writer, method.Name, body);
                break;
            case BorderBody body:
                EmitBorder(method.Name, body.Layout);
                break;
        }
    }

    /// <summary>The name of the kernel of a section: sections that differ only in where they start share it.</summary>
    public static string SectionName(string name, ContractionBody body, LaneSection section)
    {
        bool isPartial = section.ValidLanes < section.Width && body.Sections.Count(kernel => kernel.Section.Width == section.Width) > 1;
        // A step's number and the lanes may not run together: step 2 on 8 lanes is not step 28.
        string apart = char.IsDigit(name[name.Length - 1]) ? "_" : string.Empty;
        return $"{name}{apart}{Expressions.Number(section.Width)}{(isPartial ? "Partial" : string.Empty)}";
    }

    private void EmitContraction(string name, ContractionBody body)
    {
        Contraction kernel = body.Contraction;
        using (writer.Block($"internal static void {name}({StepSignature.Parameters(body)})"))
        {
            if (kernel.Units == UnitKind.None)
                EmitBlocks(name, body);
            else
                EmitUnits(name, body);
        }

        foreach (SectionKernel section in body.Sections)
            EmitLadder(SectionName(name, body, section.Section), body, section);
    }

    private void EmitBlocks(string name, ContractionBody body)
    {
        int number = 0;
        foreach (LaneSection section in body.Contraction.Sections)
        {
            if (section.Blocks == 1)
            {
                writer.Line(SectionCall(name, body, section, null, []));
                continue;
            }

            if (body.Contraction.DividesRows)
            {
                writer.Indented($"for (int block = 0; block < {Expressions.Number(section.Blocks)}; block++)", SectionCall(name, body, section, "block", []));
                continue;
            }

            string suffix = number++ == 0 ? string.Empty : Expressions.Number(number);
            writer.Line($"_run::Share.Split(part, parts, {Expressions.Number(section.Blocks)}, out int from{suffix}, out int to{suffix}, out int rowPart{suffix}, out int rowParts{suffix});");
            writer.Indented(
                $"for (int block = from{suffix}; block < to{suffix}; block++)", SectionCall(name, body, section, "block", [], $"rowPart{suffix}, rowParts{suffix}"));
        }
    }

    private void EmitUnits(string name, ContractionBody body)
    {
        Contraction kernel = body.Contraction;
        using (writer.Block("for (int unit = from; unit < to; unit++)"))
        {
            List<(string Index, RowAxis Axis)> outer = EmitUnitIndices(kernel);
            int first = 0;
            for (int index = 0; index < kernel.Sections.Length; index++)
            {
                LaneSection section = kernel.Sections[index];
                string block = section.Blocks == 1 ? "0" : first == 0 ? "block" : $"(block - {Expressions.Number(first)})";
                string call = SectionCall(name, body, section, section.Blocks == 1 ? null : block, outer);
                first += section.Blocks;
                if (kernel.Sections.Length == 1)
                    writer.Line(call);
                else if (index == kernel.Sections.Length - 1)
                    writer.Indented("else", call);
                else
                    writer.Indented($"{(index == 0 ? string.Empty : "else ")}if (block < {Expressions.Number(first)})", call);
            }
        }
    }

    /// <summary>Takes a unit apart into the lane block and the indices of the outer row axes.</summary>
    private List<(string Index, RowAxis Axis)> EmitUnitIndices(Contraction kernel)
    {
        List<(string, RowAxis)> indices = [];
        int axes = kernel.OuterRowAxes;
        int rest = 1;
        for (int axis = axes - 1; axis >= 0; axis--)
        {
            int count = kernel.Rows[axis].Count;
            if (count > 1)
            {
                string name = "row" + Expressions.Number(axis);
                writer.Line($"int {name} = unit{(rest == 1 ? string.Empty : " / " + Expressions.Number(rest))} % {Expressions.Number(count)};");
                indices.Add((name, kernel.Rows[axis]));
            }

            rest *= count;
        }

        if (kernel.Sections.Length > 1 || kernel.Sections[0].Blocks > 1)
            writer.Line($"int block = unit{(rest == 1 ? string.Empty : " / " + Expressions.Number(rest))};");
        return indices;
    }

    private static string SectionCall(string name, ContractionBody body, LaneSection section, string? block, List<(string Index, RowAxis Axis)> outer, string share = "part, parts")
    {
        List<string> a = Terms(section.AOffset, section.ABlockStep, block);
        List<string> c = Terms(section.COffset, section.CBlockStep, block);
        foreach ((string index, RowAxis axis) in outer)
        {
            a.Add(Expressions.Product(index, axis.AStride));
            c.Add(Expressions.Product(index, axis.CStride * section.CUnit));
        }

        List<string> arguments =
        [
            Expressions.Reference(body.Operands[0].Name, a),
            Expressions.Reference(body.Operands[1].Name, Terms(section.BOffset, section.BBlockStep, block)),
        ];
        if (body.Contraction.HasStartValues)
            arguments.Add(Expressions.Reference(body.Operands[2].Name, Terms(section.StartOffset, section.StartBlockStep, block)));
        arguments.Add(Expressions.Reference(body.Operands[body.Operands.Length - 1].Name, c));
        return $"{SectionName(name, body, section)}({TileEmitter.Arguments(body, arguments, share)});";
    }

    private static List<string> Terms(int offset, int step, string? block)
    {
        List<string> terms = [];
        if (offset != 0)
            terms.Add(Expressions.Number(offset));
        if (step != 0 && block is not null)
            terms.Add(Expressions.Product(block, step));
        return terms;
    }

    /// <summary>The choice of the instruction set.</summary>
    private void EmitLadder(string name, ContractionBody body, SectionKernel kernel)
    {
        writer.Line();
        string arguments = TileEmitter.Arguments(body, body.Operands.Select(static operand => "ref " + operand.Name));
        using (writer.Block($"private static void {name}({TileEmitter.Parameters(body)})"))
        {
            VectorSet.EmitLadder(writer, VectorSet.Of(options).Where(set => kernel.Fits512 || !set.Is512), set =>
                [$"Kernels.{name}{(set.Is512 && kernel.Wide is not null ? WideSuffix : string.Empty)}<{set.Types}>({arguments});"]);
        }
    }

    private void EmitImageLanes(string name, ImageLanesBody body)
    {
        ContractionBody kernels = body.Kernels;
        SectionKernel section = kernels.Sections[0];
        string kernel = SectionName(name, kernels, section.Section);
        ImageLanesEmitter.Emit(writer, name, body, kernel);
        EmitLadder(kernel, kernels, section);
    }

    private void EmitPool(string name, PoolBody body)
    {
        using (writer.Block($"internal static void {name}({StepSignature.Parameters(body)})"))
            VectorSet.EmitChannelLadder(writer, options, name + "Lanes", StepSignature.Arguments(body), body.Input.Pitch);
        writer.Line();
        new PoolEmitter(writer, body).Emit(name + "Lanes");
    }

    /// <summary>A border is what lies before the first position, between the rows and planes, and behind the last position.</summary>
    private void EmitBorder(string name, TensorLayout layout)
    {
        using (writer.Block($"internal static void {name}(ref float y)"))
        {
            if (layout.Interior > 0)
                writer.Line($"_run::ElementWise.Clear(ref y, {Expressions.Number(layout.Interior)});");
            int extent = layout.Pitch;
            for (int axis = layout.Axes.Length - 1; axis >= 0; axis--)
            {
                EmitGaps(layout, axis, extent);
                extent += (layout.Axes[axis] - 1) * layout.Stride(axis);
            }

            int end = layout.Interior + extent;
            if (layout.Size > end)
                writer.Line($"_run::ElementWise.Clear({Expressions.Reference("y", [Expressions.Number(end)])}, {Expressions.Number(layout.Size - end)});");
        }
    }

    /// <summary>What lies between one index of an axis and the next.</summary>
    /// <param name="layout">The tensor.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="extent">Floats from the first position of one index to the end of its last.</param>
    private void EmitGaps(TensorLayout layout, int axis, int extent)
    {
        int gap = layout.Stride(axis) - extent;
        if (gap == 0 || layout.Axes[axis] == 1)
            return;
        List<string> terms = [Expressions.Number(layout.Interior + extent)];
        using Scopes scopes = new();
        for (int outer = 0; outer <= axis; outer++)
        {
            string index = "row" + Expressions.Number(outer);
            int count = outer == axis ? layout.Axes[outer] - 1 : layout.Axes[outer];
            scopes.Add(writer.Block($"for (int {index} = 0; {index} < {Expressions.Number(count)}; {index}++)"));
            terms.Add(Expressions.Product(index, layout.Stride(outer)));
        }

        writer.Line($"_run::ElementWise.Clear({Expressions.Reference("y", terms)}, {Expressions.Number(gap)});");
    }
}
