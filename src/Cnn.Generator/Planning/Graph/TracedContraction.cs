using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>
/// A contraction in a trace, which runs once in a while: calls of the runtime's kernel for contractions of any shape, instead of a text of its own.
/// </summary>
internal static class TracedContraction
{
    /// <summary>A lane section for one image.</summary>
    /// <param name="contraction">The contraction.</param>
    /// <param name="section">The section.</param>
    /// <param name="name">What the method is called.</param>
    /// <param name="formula">Its formula.</param>
    /// <param name="operands">Where <c>a</c>, <c>b</c>, the start values and <c>c</c> lie.</param>
    public static Step Step(Contraction contraction, LaneSection section, string name, string formula,
        (Address A, Address B, Address Start, Address C) operands)
    {
        bool loops = section.Blocks > 1;
        EquatableArray<int> OfBlocks(int step) => loops ? [step] : [];
        IEnumerable<int> rows = contraction.Rows.Where(static axis => axis.Count != Contraction.Images)
            .SelectMany(axis => new[] { axis.Count, axis.AStride, axis.CStride * section.CUnit });
        IEnumerable<int> reduction = contraction.Reduction.SelectMany(axis => new[] { axis.Count, axis.AStride, axis.BStride * section.BUnit });
        return KernelCall.Of(RuntimeKernel.Contract)
            .Loop(loops ? [section.Blocks] : [])
            .Moving("x", Access.In, operands.A.Ahead(section.AOffset), OfBlocks(section.ABlockStep))
            .Moving("w", Access.In, operands.B.Ahead(section.BOffset), OfBlocks(section.BBlockStep))
            .Moving("b", Access.In, operands.Start.Ahead(section.StartOffset), OfBlocks(section.StartBlockStep))
            .Moving("y", Access.Out, operands.C.Ahead(section.COffset), OfBlocks(section.CBlockStep))
            .Argue(new NumbersArgument(rows.ToEquatableArray()))
            .Argue(new NumbersArgument(reduction.ToEquatableArray()))
            .Numbers(section.Width, contraction.KeepsNeighbours ? section.ValidLanes : section.Width)
            .Flag(contraction.VectorOperand)
            .Step(name, formula);
    }
}
