using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>
/// A reduction for tiles that are whole lines of the map: at each tap along the line, of which each is written out, those positions alone are summed that meet
/// inputs there.
/// </summary>
/// <param name="Taps">Which taps meet inputs from each position of the line.</param>
/// <param name="Reduction">The axes, of which the taps along the line are one.</param>
/// <param name="AxesInside">How many stand inside of that one.</param>
public sealed record LineTaps(TapRange Taps, EquatableArray<ReductionAxis> Reduction, int AxesInside)
{
    /// <summary>A text several times as long must save more than a loop of variable length.</summary>
    private const double MostShare = 0.85;

    /// <summary>Positions, over all taps, that are worth their text.</summary>
    private const int MostRows = 128;

    /// <summary>Those of a convolution; null where they would save too little.</summary>
    /// <param name="range">Which taps along a line meet inputs.</param>
    /// <param name="outside">The axes of the other taps.</param>
    /// <param name="taps">The axis of the taps along the line.</param>
    /// <param name="inputs">The axis of the inputs.</param>
    public static LineTaps? Of(TapRange? range, IEnumerable<ReductionAxis> outside, ReductionAxis taps, ReductionAxis inputs)
    {
        if (range is null || range.Taps < 2 || range.Share(1) > MostShare || range.Share(1) * range.Taps * range.Positions > MostRows)
            return null;
        ReductionAxis[] inside = inputs.Count > 1 ? [inputs] : [];
        return new LineTaps(range, [.. outside, taps, .. inside], inside.Length);
    }

    /// <summary>The positions that meet inputs at a tap: the first, and that behind the last.</summary>
    public (int First, int End) Positions(int tap)
    {
        int[] live = [.. Enumerable.Range(0, Taps.Positions).Where(position => Taps.First(position) <= tap && tap < Taps.End(position))];
        return live.Length == 0 ? (0, 0) : (live[0], live[live.Length - 1] + 1);
    }

    /// <summary>Whether panels leave the taps along the line, and what is inside of them, whole.</summary>
    public bool IsWhole(Contraction cut)
    {
        int whole = AxesInside + 1;
        return cut.PanelAxes + whole <= cut.Reduction.Length
            && cut.Reduction.Skip(cut.Reduction.Length - whole).SequenceEqual(Reduction.Skip(Reduction.Length - whole));
    }
}
