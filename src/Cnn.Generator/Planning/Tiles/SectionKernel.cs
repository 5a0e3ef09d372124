using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>The kernel of a lane section, which sections share that differ only in where they start: the texts of it, and which sets run which.</summary>
public sealed record SectionKernel
{
    public required LaneSection Section { get; init; }

    /// <summary>The text for few registers, which runs on every instruction set.</summary>
    public required KernelText Narrow { get; init; }

    /// <summary>The text for sets with many registers, where it is another one.</summary>
    public required KernelText? Wide { get; init; }

    /// <summary>The text for a single row, where rows are the images of a batch.</summary>
    public required KernelText? Row { get; init; }

    /// <summary>One for each text of a contraction, in the order of its sections.</summary>
    public static EquatableArray<SectionKernel> Of(Contraction contraction)
    {
        List<SectionKernel> kernels = [];
        foreach (LaneSection section in contraction.Sections.Where(section => !kernels.Any(kernel => kernel.Serves(section))))
        {
            KernelText narrow = KernelText.Narrow(contraction, section);
            kernels.Add(new SectionKernel
            {
                Section = section,
                Narrow = narrow,
                Wide = KernelText.Wide(contraction, section),
                Row = narrow.IsOverImages ? KernelText.Row(contraction, section) : null,
            });
        }

        return kernels.ToEquatableArray();
    }

    public bool Serves(LaneSection section) =>
        (Section.Width, Section.ValidLanes, Section.RepeatsBefore, Section.BUnit, Section.CUnit)
        == (section.Width, section.ValidLanes, section.RepeatsBefore, section.BUnit, section.CUnit);
}
