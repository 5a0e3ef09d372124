using Cnn.Generator.Collections;
using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes the step methods of all layers: what is the same on every instruction set.</summary>
internal sealed class StepEmitter(SourceWriter writer, EmitOptions options)
{
    /// <summary>Ends the name of a kernel's text for sets with many registers.</summary>
    public const string WideSuffix = "Wide";

    /// <summary>The JIT compiles a loop over so many blocks at once and for good: in its first tier the loop would take as long as short kernels.</summary>
    private const int ManyBlocks = 16;

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
            case WinogradBody body:
                WinogradEmitter.Emit(writer, method.Name, body, (kernel, operands) => EmitCall(method.Name, body.Kernels, kernel, operands));
                break;
            case WinogradGradientBody body:
                WinogradEmitter.Emit(writer, method.Name, body, (kernel, operands) => EmitCall(method.Name, body.Kernels, kernel, operands));
                break;
            case PoolBody body:
                new PoolEmitter(writer, body).Emit(method.Name, options);
                break;
            case AdaptivePoolBody body:
                new AdaptivePoolEmitter(writer, body).Emit(method.Name, options);
                break;
            case KernelBody body:
                KernelCallEmitter.Emit(writer, method.Name, body);
                break;
            case RowChainBody body:
                new RowChainEmitter(writer, body).Emit(method.Name);
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
        if (kernel.Sections.Any(static section => section.Blocks >= ManyBlocks))
            writer.Line(TileEmitter.OptimizedAttribute);
        using (writer.Block($"internal static void {name}({StepSignature.Parameters(body)})"))
        {
            if (kernel.Units == UnitKind.None)
                EmitBlocks(name, body);
            else
                EmitUnits(name, body);
        }
    }

    private void EmitBlocks(string name, ContractionBody body)
    {
        string strips = Expressions.Number(body.Contraction.Strips);
        using Scopes scopes = new();
        if (body.Contraction.Strips > 1)
            scopes.Add(writer.Block($"for (int strip = 0; strip < {strips}; strip++)"));
        string Share(string part, string parts) => body.Contraction.Strips > 1 ? $"({part} * {strips}) + strip, {parts} * {strips}" : $"{part}, {parts}";
        int number = 0;
        foreach (LaneSection section in body.Contraction.Sections)
        {
            if (section.Blocks == 1)
            {
                EmitKernel(name, body, section, null, [], Share("part", "parts"));
                continue;
            }

            if (body.Contraction.DividesRows)
            {
                using (writer.Block($"for (int block = 0; block < {Expressions.Number(section.Blocks)}; block++)"))
                    EmitKernel(name, body, section, "block", [], Share("part", "parts"));
                continue;
            }

            string suffix = number++ == 0 ? string.Empty : Expressions.Number(number);
            writer.Line($"_run::Share.Split(part, parts, {Expressions.Number(section.Blocks)}, out int from{suffix}, out int to{suffix}, "
                + $"out int rowPart{suffix}, out int rowParts{suffix});");
            using (writer.Block($"for (int block = from{suffix}; block < to{suffix}; block++)"))
                EmitKernel(name, body, section, "block", [], Share("rowPart" + suffix, "rowParts" + suffix));
        }
    }

    private void EmitUnits(string name, ContractionBody body)
    {
        Contraction kernel = body.Contraction;
        using (writer.Block("for (int unit = from; unit < to; unit++)"))
        {
            List<(string Index, RowAxis Axis)> outer = EmitUnitIndices(kernel, out string unit);
            int first = 0;
            for (int index = 0; index < kernel.Sections.Length; index++)
            {
                LaneSection section = kernel.Sections[index];
                string? block = section.Blocks == 1 ? null : first == 0 ? unit : $"({unit} - {Expressions.Number(first)})";
                first += section.Blocks;
                if (kernel.Sections.Length == 1)
                {
                    EmitKernel(name, body, section, block, outer);
                    continue;
                }

                string otherwise = index == 0 ? string.Empty : "else ";
                using (writer.Block(index == kernel.Sections.Length - 1 ? "else" : $"{otherwise}if ({unit} < {Expressions.Number(first)})"))
                    EmitKernel(name, body, section, block, outer);
            }
        }
    }

    /// <summary>Takes a unit apart into the indices of the outer row axes and the lane block.</summary>
    private List<(string Index, RowAxis Axis)> EmitUnitIndices(Contraction kernel, out string block)
    {
        List<(string, RowAxis)> indices = [];
        bool hasBlocks = kernel.Sections.Length > 1 || kernel.Sections[0].Blocks > 1;
        int[] axes = [.. Enumerable.Range(0, kernel.OuterRowAxes).Where(axis => kernel.Rows[axis].Count > 1)];
        if (axes.Length + (hasBlocks ? 1 : 0) == 1)
        {
            block = "unit";
            return [.. axes.Select(axis => ("unit", kernel.Rows[axis]))];
        }

        int rest = 1;
        foreach (int axis in axes.OrderByDescending(static axis => axis))
        {
            string name = "row" + Expressions.Number(axis);
            writer.Line($"int {name} = unit{(rest == 1 ? string.Empty : " / " + Expressions.Number(rest))} % {Expressions.Number(kernel.Rows[axis].Count)};");
            indices.Add((name, kernel.Rows[axis]));
            rest *= kernel.Rows[axis].Count;
        }

        block = "block";
        if (hasBlocks)
            writer.Line($"int block = unit / {Expressions.Number(rest)};");
        return indices;
    }

    /// <summary>
    /// The call of a section's kernel: sets with many registers have one of their own where another tile suits them, and the widest vectors leave sections of
    /// eight lanes to narrower ones.
    /// </summary>
    private void EmitKernel(string name, ContractionBody body, LaneSection section, string? block,
        List<(string Index, RowAxis Axis)> outer, string share = "part, parts")
    {
        List<string> a = Terms(section.AOffset, section.ABlockStep, block);
        List<string> c = Terms(section.COffset, section.CBlockStep, block);
        foreach ((string index, RowAxis axis) in outer)
        {
            a.Add(Expressions.Product(index, axis.AStride));
            c.Add(Expressions.Product(index, axis.CStride * section.CUnit));
        }

        List<string> b = Terms(section.BOffset, section.BBlockStep, block);
        List<string> arguments = [FloatsOf(body.Operands[0], a), FloatsOf(body.Operands[1], b)];
        if (body.Contraction.HasStartValues)
            arguments.Add(Expressions.At(body.Operands[2].Name, Terms(section.StartOffset, section.StartBlockStep, block)));
        if (body.Contraction.Epilogue.HasResidual)
            arguments.Add(Expressions.At(ContractionBody.Residual, Terms(section.COffset, section.CBlockStep, block)));
        arguments.Add(Expressions.At(body.Operands[body.Operands.Length - 1].Name, c));
        // Without a bias it is a trainer's, whose weights are floats.
        if (body.Operands[1].IsWeight && body.Contraction is { Start: StartValue.Vector, Rows: [{ Count: Contraction.Images }], Epilogue.HasResidual: false })
            EmitStoredRow(body, Expressions.Sum(b), [arguments[0], .. arguments.Skip(2)]);
        EmitCall(name, body, body.Sections.First(kernel => kernel.Serves(section)), TileEmitter.Arguments(body, arguments, share));
    }

    /// <summary>Where floats begin; those of a weight, in whatever it is kept.</summary>
    private static string FloatsOf(StepOperand operand, List<string> terms) =>
        operand.IsWeight ? $"ref {operand.Name}.Floats({Expressions.Sum(terms)})" : Expressions.At(operand.Name, terms);

    /// <summary>A lone image of a linear layer reads each weight once: in fewer bits these are made floats on the way.</summary>
    private void EmitStoredRow(ContractionBody body, string offset, IEnumerable<string> references)
    {
        EquatableArray<ReductionAxis> reduction = body.Contraction.Reduction;
        (int outer, int stride) = reduction.Length > 1 ? (reduction[0].Count, reduction[0].AStride) : (1, 0);
        int inner = reduction.Length > 0 ? reduction[reduction.Length - 1].Count : 1;
        string shape = $"{Expressions.Number(outer)}, {Expressions.Number(stride)}, {Expressions.Number(inner)}";
        writer.Indented($"if (images == 1 && _run::StoredRow.TryRun({body.Operands[1].Name}, {offset}, {string.Join(", ", references)}, {shape}, "
            + $"{Expressions.Epilogue(body.Contraction.Epilogue)}))", "continue;");
    }

    private void EmitCall(string name, ContractionBody body, SectionKernel kernel, string arguments)
    {
        string call = $"{SectionName(name, body, kernel.Section)}({arguments});";
        if (!kernel.Section.FillsWidest)
            VectorSet.EmitHalf(writer, options, $"Kernels<{VectorSet.HalfTypes}>.{call}", call);
        else if (kernel.Wide is not null)
            VectorSet.EmitByRegisters(writer, options, $"{SectionName(name, body, kernel.Section)}{WideSuffix}({arguments});", call);
        else
            writer.Line(call);
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

    private void EmitImageLanes(string name, ImageLanesBody body)
    {
        ContractionBody kernels = body.Kernels;
        ImageLanesEmitter.Emit(writer, name, body, operands => EmitCall(name, kernels, kernels.Sections[0], operands));
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
                writer.Line($"_run::ElementWise.Clear({Expressions.At("y", [Expressions.Number(end)])}, {Expressions.Number(layout.Size - end)});");
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
        for (int outer = 0; outer < axis; outer++)
        {
            string index = "row" + Expressions.Number(outer);
            scopes.Add(writer.Block($"for (int {index} = 0; {index} < {Expressions.Number(layout.Axes[outer])}; {index}++)"));
            terms.Add(Expressions.Product(index, layout.Stride(outer)));
        }

        writer.Line($"_run::ElementWise.ClearGaps({Expressions.At("y", terms)}, {Expressions.Number(gap)}, {Expressions.Number(layout.Axes[axis] - 1)}, "
            + $"{Expressions.Number(layout.Stride(axis))});");
    }
}
