using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[Permute]: each axis of the input once.</summary>
internal sealed class PermuteRule : LayerRule<PermuteSpec>
{
    protected override LayerOutput? Infer(PermuteSpec permute, LayerInput input, LayerFaults faults)
    {
        int axes = input.Shape.Rank + 1;
        if (permute.Order.Length != axes)
        {
            faults.WrongCount("order", permute.Order.Length, Numbers.Text(axes), AxisRule.Reason(input));
            return null;
        }

        EquatableArray<int> places = permute.Places(input.Shape);
        for (int index = 0; index < axes; index++)
        {
            bool isRepeated = places.Take(index).Contains(places[index]);
            if (places[index] >= 0 && !isRepeated)
                continue;
            Refuse(permute, places, index, isRepeated, input, faults);
            return null;
        }

        EquatableArray<int> lengths = input.Shape.Lengths;
        return new LayerOutput
        {
            Shape = TensorShape.Of(places.Select(place => lengths[place]).ToEquatableArray()),
            Reach = places.SequenceEqual(Enumerable.Range(0, axes)) ? input.Reach : Reach.None,
        };
    }

    private static void Refuse(PermuteSpec permute, EquatableArray<int> places, int index, bool isRepeated, LayerInput input, LayerFaults faults)
    {
        string found = Numbers.Text(permute.Order[index]);
        int missing = AxisNumber.At(Enumerable.Range(0, places.Length).First(place => !places.Contains(place)));
        faults.Add(
            FaultIds.NoPermutation, "order", index, input.Layer, permute.Name, input.Shape.ToString(), Numbers.Text(places.Length),
            isRepeated ? $"names axis {found} twice" : $"names axis {found}, which is none of them", Numbers.Text(missing));
    }
}
