using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[AdaptiveAvgPool]: the output's axes are given; window i goes from floor(i length / size) to ceil((i + 1) length / size).</summary>
internal sealed class AdaptiveAvgPoolRule : LayerRule<AdaptiveAvgPoolSpec>
{
    protected override void Check(AdaptiveAvgPoolSpec pool, LayerFaults faults) => faults.AtLeast(1, "size", pool.Size, "a tensor has no empty axis");

    protected override LayerOutput? Infer(AdaptiveAvgPoolSpec pool, LayerInput input, LayerFaults faults)
    {
        if (!input.HasAxes(faults))
            return null;
        int rank = input.Shape.Rank;
        if (pool.Size.Length != 1 && pool.Size.Length != rank)
        {
            faults.WrongCount("size", pool.Size.Length, rank == 1 ? "1" : "1 or " + Numbers.Text(rank), input.AxesReason);
            return null;
        }

        EquatableArray<int> size = pool.Size.Length == rank ? pool.Size : Enumerable.Repeat(pool.Size[0], rank).ToEquatableArray();
        if (!faults.Fits("output", [input.Shape.Channels, .. size.Select(static length => (long)length)]))
            return null;
        return new LayerOutput { Shape = input.Shape with { Axes = size }, Reach = input.Reach.Divide(input.Shape.Axes, size) };
    }
}
