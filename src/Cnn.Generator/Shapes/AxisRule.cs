using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>Axes that arguments name: whether the input has them.</summary>
internal static class AxisRule
{
    /// <summary>The place of an axis among a shape's lengths, or null and a fault.</summary>
    public static int? Resolve(string argument, int axis, LayerInput input, LayerFaults faults)
    {
        int place = AxisNumber.Place(axis, input.Shape);
        if (place >= 0)
            return place;
        int last = AxisNumber.At(input.Shape.Rank);
        string need = last == 1 ? "1 or -1" : $"1 to {Numbers.Text(last)}, or -{Numbers.Text(last)} to -1";
        faults.OutOfRange(argument, -1, argument, Numbers.Text(axis), need, Reason(input));
        return null;
    }

    /// <summary>Why there are so many axes, for messages.</summary>
    public static string Reason(LayerInput input) =>
        input.Shape.Rank == 0 ? $"its input {input.Shape} has the channels, axis 1, and no other axis, and 0 would be the batch"
            : $"its input {input.Shape} has the channels, axis 1, and {LayerFaults.Axes(input.Shape.Rank)} behind them, and 0 would be the batch";
}
