using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[Normalize]: the shape stays; a mean and a deviation for each channel.</summary>
internal sealed class NormalizeRule : LayerRule<NormalizeSpec>
{
    protected override void Check(NormalizeSpec normalize, LayerFaults faults)
    {
        CheckEach("Mean", normalize.Mean, static value => IsFinite(value), "a finite float", "it is subtracted from every element of its channel", faults);
        CheckEach("Deviation", normalize.Deviation, static value => IsFinite(value) && value != 0
            && IsFinite(1 / value), "a finite float other than 0", "every element of its channel is divided by it", faults);
    }

    protected override LayerOutput? Infer(NormalizeSpec normalize, LayerInput input, LayerFaults faults)
    {
        int channels = input.Shape.Channels;
        string because = $"its input {input.Shape} has {(channels == 1 ? "1 channel" : Numbers.Text(channels) + " channels")}";
        if (normalize.Mean.Length != channels)
            faults.WrongCount("Mean", normalize.Mean.Length, Numbers.Text(channels), because);
        if (normalize.Deviation.Length != channels)
            faults.WrongCount("Deviation", normalize.Deviation.Length, Numbers.Text(channels), because);
        return faults.Any ? null : LayerOutput.SameAs(input);
    }

    private static void CheckEach(string argument, EquatableArray<float> values, Func<float, bool> isGood, string need, string because, LayerFaults faults)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (isGood(values[i]))
                continue;
            string called = values.Length == 1 ? argument : $"{argument}[{Numbers.Text(i)}]";
            faults.OutOfRange(argument, i, called, values[i].ToString("R", System.Globalization.CultureInfo.InvariantCulture), need, because);
        }
    }

    private static bool IsFinite(float value) => !float.IsNaN(value) && !float.IsInfinity(value);
}
