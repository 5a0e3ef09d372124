using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[Reshape]: lengths whose product is that of the input's.</summary>
internal sealed class ReshapeRule : LayerRule<ReshapeSpec>
{
    protected override void Check(ReshapeSpec reshape, LayerFaults faults)
    {
        if (reshape.Shape.Length == 0)
            faults.WrongCount("shape", 0, "at least 1", "a tensor has channels");
        int inferred = -1;
        for (int index = 0; index < reshape.Shape.Length; index++)
        {
            if (reshape.Shape[index] >= 1)
                continue;
            if (reshape.Shape[index] == ReshapeSpec.Inferred && inferred < 0)
            {
                inferred = index;
                continue;
            }

            string because = reshape.Shape[index] == ReshapeSpec.Inferred ? "only one length can follow from the others" : "a tensor has no empty axis";
            string need = reshape.Shape[index] == ReshapeSpec.Inferred ? "at least 1" : "at least 1, or -1 for a length that follows from the others";
            faults.OutOfRange("shape", index, $"shape[{Numbers.Text(index)}]", Numbers.Text(reshape.Shape[index]), need, because);
        }
    }

    protected override LayerOutput? Infer(ReshapeSpec reshape, LayerInput input, LayerFaults faults)
    {
        bool infers = reshape.Shape.Contains(ReshapeSpec.Inferred);
        System.Numerics.BigInteger given = reshape.Shape.Where(static length => length != ReshapeSpec.Inferred)
            .Aggregate(System.Numerics.BigInteger.One, static (product, length) => product * length);
        int elements = input.Shape.Length;
        if (!infers ? given != elements : given > elements || elements % (int)given != 0)
        {
            string made = string.Join("x", reshape.Shape.Select(static length => length == ReshapeSpec.Inferred ? "?" : Numbers.Text(length)));
            string count = given.ToString(System.Globalization.CultureInfo.InvariantCulture);
            faults.Add(
                FaultIds.ElementsDoNotFit, "shape", -1, input.Layer, reshape.Name, made, input.Shape.ToString(), Numbers.Text(elements),
                !infers ? $"{made} has {count}" : $"{Numbers.Text(elements)} is no multiple of {count}");
            return null;
        }

        TensorShape shape = TensorShape.Of(reshape.Shape.Select(length => length == ReshapeSpec.Inferred ? elements / (int)given : length).ToEquatableArray());
        return new LayerOutput { Shape = shape, Reach = shape == input.Shape ? input.Reach : Reach.None };
    }
}
