using System.Globalization;
using Cnn.Definitions;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>The element-wise activations: the shape stays, and their numbers are sound.</summary>
internal sealed class ActivationRule : LayerRule<ActivationSpec>
{
    protected override void Check(ActivationSpec activation, LayerFaults faults)
    {
        for (int index = 0; index < activation.Numbers.Length; index++)
        {
            NumberDefinition number = activation.Definition.Numbers[index];
            float value = activation.Numbers[index];
            faults.Require(number.Need.Holds(value), number.Name, value, number.Need.Text, number.Need.Because);
        }

        if (activation.Kind == "Clip" && !faults.Any)
            CheckOrder(activation, faults);
    }

    private static void CheckOrder(ActivationSpec clip, LayerFaults faults)
    {
        (float minimum, float maximum) = (clip.Numbers[0], clip.Numbers[1]);
        string limit = minimum.ToString("R", CultureInfo.InvariantCulture);
        faults.Require(minimum <= maximum, "Max", maximum, "at least Min, which is " + limit, clip.Definition.Numbers[1].Need.Because);
    }
}
