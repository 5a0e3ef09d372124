using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>Cuts packed weights into lane sections: equal blocks share a text, and every section is 8 lanes wide or a multiple of 16.</summary>
public static class LaneSections
{
    /// <summary>The sections of a packed weight read as <c>b</c>, forward or for an input gradient.</summary>
    /// <param name="weight">The packing.</param>
    /// <param name="vectorOperand">Whether <c>a</c> advances with the lanes.</param>
    /// <param name="aGroupStep">Floats of <c>a</c> from one group to the next.</param>
    /// <param name="cGroupStep">Floats of <c>c</c> from one group to the next.</param>
    /// <param name="repeats">Neighbouring lanes that read the same float of <c>a</c>.</param>
    public static EquatableArray<LaneSection> OfWeight(WeightLayout weight, bool vectorOperand, int aGroupStep, int cGroupStep, int repeats = 1) =>
        Build(weight, masksPadding: false, (group, part, block) => new LaneSection
        {
            Blocks = 1,
            Width = part.Width,
            ValidLanes = part.Valid,
            AOffset = (group * aGroupStep) + (vectorOperand ? (block.Lane + part.Lane) / repeats : 0),
            RepeatsBefore = (block.Lane + part.Lane) % repeats,
            BOffset = (group * weight.GroupSize) + (block.Lane * weight.Rows) + part.Lane,
            BBlockStep = 0,
            BUnit = block.Width,
            COffset = (group * cGroupStep) + block.Lane + part.Lane,
            CBlockStep = 0,
            CUnit = 1,
            StartOffset = (group * weight.Outputs) + block.Lane + part.Lane,
        });

    /// <summary>The sections of a weight with points for taps, each of which is a product of its own: the points are blocks.</summary>
    /// <param name="weight">The packing.</param>
    /// <param name="aPointStep">Floats of <c>a</c> from one point to the next.</param>
    /// <param name="cPointStep">Floats of <c>c</c> from one point to the next.</param>
    public static EquatableArray<LaneSection> OfPoints(WeightLayout weight, int aPointStep, int cPointStep) =>
        OfWeight(weight, vectorOperand: false, 0, 0).SelectMany(static section => Enumerable.Range(0, section.Blocks).Select(section.At))
            .Select(section => section with
            {
                Blocks = weight.Taps,
                ABlockStep = aPointStep,
                BBlockStep = weight.Inputs * section.BUnit,
                CBlockStep = cPointStep,
            }).ToEquatableArray();

    /// <summary>The sections of a gradient of a weight with points for taps, some points of it: these are blocks.</summary>
    /// <param name="weight">The packing.</param>
    /// <param name="points">How many points follow each other.</param>
    /// <param name="aPointStep">Floats of <c>a</c> from one point to the next.</param>
    /// <param name="bPointStep">Floats of <c>b</c> from one point to the next.</param>
    public static EquatableArray<LaneSection> OfPointSums(WeightLayout weight, int points, int aPointStep, int bPointStep) =>
        OfGradient(weight, vectorOperand: false, masksPadding: false).SelectMany(static section => Enumerable.Range(0, section.Blocks).Select(section.At))
            .Select(section => section with
            {
                Blocks = points,
                ABlockStep = aPointStep,
                BBlockStep = bPointStep,
                CBlockStep = weight.Inputs * section.CUnit,
            }).ToEquatableArray();

    /// <summary>The sections of a packed weight gradient written as <c>c</c>, with dy as <c>b</c>.</summary>
    /// <param name="weight">The packing.</param>
    /// <param name="vectorOperand">Whether <c>a</c> advances with the lanes.</param>
    /// <param name="masksPadding">Whether padding lanes are stored as zeros, because those of dy may hold anything.</param>
    /// <remarks>Else, with one group the padding lanes of dy hold zeros and need no mask; with several, the next group's channels stand there.</remarks>
    public static EquatableArray<LaneSection> OfGradient(WeightLayout weight, bool vectorOperand, bool masksPadding) =>
        Build(weight, masksPadding, (group, part, block) => new LaneSection
        {
            Blocks = 1,
            Width = part.Width,
            ValidLanes = part.Valid,
            AOffset = (group * weight.Inputs) + (vectorOperand ? block.Lane + part.Lane : 0),
            BOffset = (group * weight.Outputs) + block.Lane + part.Lane,
            BBlockStep = 0,
            BUnit = 1,
            COffset = (group * weight.GroupSize) + (block.Lane * weight.Rows) + part.Lane,
            CBlockStep = 0,
            CUnit = block.Width,
        });

    private static EquatableArray<LaneSection> Build(WeightLayout weight, bool masksPadding,
        Func<int, (int Lane, int Width, int Valid), (int Lane, int Width), LaneSection> make)
    {
        List<LaneSection> sections = [];
        for (int group = 0; group < weight.Groups; group++)
        {
            for (int lane = 0; lane < weight.Lanes; lane += weight.Block)
            {
                (int Lane, int Width) block = (lane, Math.Min(weight.Block, weight.Lanes - lane));
                foreach ((int partLane, int width) in Parts(block.Width))
                {
                    int valid = weight.Groups == 1 && !masksPadding ? width : Math.Min(width, weight.Outputs - lane - partLane);
                    sections.Add(make(group, (partLane, width, valid), block));
                }
            }
        }

        return Join(sections);
    }

    private static IEnumerable<(int Lane, int Width)> Parts(int width)
    {
        int wide = width / Targets.Widest.Lanes * Targets.Widest.Lanes;
        if (wide > 0)
            yield return (0, wide);
        if (wide < width)
            yield return (wide, width - wide);
    }

    /// <summary>Sections of one text whose offsets are an arithmetic progression become the blocks of one section.</summary>
    public static EquatableArray<LaneSection> Join(IReadOnlyList<LaneSection> sections)
    {
        List<LaneSection> joined = [];
        foreach (var alike in sections.GroupBy(static section => (section.Width, section.ValidLanes, section.RepeatsBefore, section.BUnit, section.CUnit)))
        {
            LaneSection? run = null;
            foreach (LaneSection section in alike)
            {
                if (run is not null && TryExtend(run, section) is { } longer)
                {
                    run = longer;
                    continue;
                }

                if (run is not null)
                    joined.Add(run);
                run = section;
            }

            joined.Add(run!);
        }

        return joined.ToEquatableArray();
    }

    private static LaneSection? TryExtend(LaneSection run, LaneSection next)
    {
        int blocks = run.Blocks;
        int[] distances =
        [
            next.AOffset - run.AOffset, next.BOffset - run.BOffset, next.COffset - run.COffset, next.StartOffset - run.StartOffset,
        ];
        if (distances.Any(distance => distance % blocks != 0))
            return null;
        LaneSection longer = run with
        {
            Blocks = blocks + 1,
            ABlockStep = distances[0] / blocks,
            BBlockStep = distances[1] / blocks,
            CBlockStep = distances[2] / blocks,
            StartBlockStep = distances[3] / blocks,
        };
        return blocks == 1 || longer == run with { Blocks = blocks + 1 } ? longer : null;
    }
}
