using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[Linear]: PyTorch's Linear on a flat vector.</summary>
internal sealed class LinearRule : LayerRule<LinearSpec>
{
    protected override void Check(LinearSpec linear, LayerFaults faults) =>
        faults.AtLeast(1, "outFeatures", linear.OutFeatures, "a layer has at least one output");

    protected override LayerOutput? Infer(LinearSpec linear, LayerInput input, LayerFaults faults)
    {
        if (input.Shape.Rank > 0)
        {
            // Where the map is taken by its name, a layer in front of this one would not be read.
            IReadOnlyList<Repair> repairs = linear.From is null ? [new Repair(RepairKind.InsertLayer, "", "Flatten")] : [];
            faults.Add(FaultIds.LinearOnMap, null, -1, input.Layer, repairs, linear.Name, input.Name, input.Shape.ToString());
            return null;
        }

        int inputs = input.Shape.Channels;
        if (!faults.Fits("weight", linear.OutFeatures, inputs) || !faults.Fits("output", linear.OutFeatures))
            return null;
        return new LayerOutput
        {
            Shape = new TensorShape(linear.OutFeatures, default),
            Reach = input.Reach,
            Parameters = ParameterRule.WeightAndBias(linear, [linear.OutFeatures, inputs], linear.OutFeatures, linear.Bias, inputs),
            MultiplyAdds = (long)linear.OutFeatures * inputs,
        };
    }
}
