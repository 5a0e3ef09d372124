using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[PixelShuffle] and [PixelUnshuffle]: every axis longer or shorter by the factor, and as many fewer or more channels.</summary>
internal sealed class PixelShuffleRule : LayerRule<PixelShuffleSpec>
{
    protected override void Check(PixelShuffleSpec shuffle, LayerFaults faults) =>
        faults.AtLeast(1, "factor", shuffle.Factor, "it is how many positions of an axis a block has");

    protected override LayerOutput? Infer(PixelShuffleSpec shuffle, LayerInput input, LayerFaults faults)
    {
        if (!input.HasAxes(faults) || !(shuffle.Gathers ? DividesAxes(shuffle, input, faults) : DividesChannels(shuffle, input, faults)))
            return null;
        TensorShape shape = input.Shape;
        int block = (int)shuffle.BlockLength(shape.Rank);
        if (!shuffle.Gathers)
        {
            return new LayerOutput
            {
                Shape = new TensorShape(shape.Channels / block, shape.Axes.Select(length => length * shuffle.Factor).ToEquatableArray()),
                Reach = input.Reach.Enlarge(shuffle.Factor),
            };
        }

        EquatableArray<int> axes = shape.Axes.Select(length => length / shuffle.Factor).ToEquatableArray();
        return new LayerOutput { Shape = new TensorShape(shape.Channels * block, axes), Reach = input.Reach.Divide(shape.Axes, axes) };
    }

    private static bool DividesChannels(PixelShuffleSpec shuffle, LayerInput input, LayerFaults faults)
    {
        int channels = input.Shape.Channels;
        long block = shuffle.BlockLength(input.Shape.Rank);
        if (block <= channels && channels % block == 0)
            return true;
        string repair = block > LayerFaults.MaxLength ? "use a smaller factor"
            : $"use another factor, or give the layer before it a multiple of {Numbers.Text(block)} channels";
        Refuse($"{(block > LayerFaults.MaxLength ? "more than " + Numbers.Text(LayerFaults.MaxLength) : Numbers.Text(block))} channels", "channels",
            channels, repair, shuffle, input, faults);
        return false;
    }

    private static bool DividesAxes(PixelShuffleSpec shuffle, LayerInput input, LayerFaults faults)
    {
        for (int axis = 0; axis < input.Shape.Rank; axis++)
        {
            int length = input.Shape.Axes[axis];
            if (length % shuffle.Factor == 0)
                continue;
            string name = WindowRule.AxisName(input.Shape.Rank, axis);
            Refuse($"{Numbers.Text(shuffle.Factor)} positions of each axis", name, length,
                "use a factor that divides it, or another length, by [Pad] or [Slice] before it", shuffle, input, faults);
            return false;
        }

        return true;
    }

    private static void Refuse(string taken, string of, int found, string repair, PixelShuffleSpec shuffle, LayerInput input, LayerFaults faults) =>
        faults.Add(FaultIds.FactorDoesNotDivide, "factor", -1, input.Layer, shuffle.Name, taken, input.Shape.ToString(), of, Numbers.Text(found), repair);
}
