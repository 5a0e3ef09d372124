using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>Groups take equal shares of the channels.</summary>
internal static class GroupRule
{
    /// <summary>Whether the groups divide the channels that come in and go out; a fault if not.</summary>
    /// <param name="argument">The argument to blame: a property, or in lower case a parameter of the constructor.</param>
    /// <param name="groups">How many, at least 1.</param>
    /// <param name="input">What comes in.</param>
    /// <param name="outputs">Channels that go out.</param>
    /// <param name="faults">Where the fault goes.</param>
    public static bool Divide(string argument, int groups, LayerInput input, int outputs, LayerFaults faults)
    {
        string? undivided = input.Shape.Channels % groups != 0 ? Numbers.Text(input.Shape.Channels) + " input channels"
            : outputs % groups != 0 ? Numbers.Text(outputs) + " output channels"
            : null;
        if (undivided is null)
            return true;
        string nearest = Numbers.Text(NearestDivisor(GreatestCommonDivisor.Of(input.Shape.Channels, outputs), groups));
        bool isProperty = char.IsUpper(argument[0]);
        IReadOnlyList<Repair> repairs = [new Repair(isProperty ? RepairKind.SetProperty : RepairKind.ReplaceValue, isProperty
            ? argument
            : string.Empty, nearest)];
        faults.Add(FaultIds.GroupsDoNotDivide, argument, -1, input.Layer, repairs, faults.Name, Numbers.Text(groups), undivided, nearest);
        return false;
    }

    /// <summary>The smaller of two that are equally near.</summary>
    private static int NearestDivisor(int number, int wanted)
    {
        int nearest = 1;
        for (int divisor = 2; divisor <= number; divisor++)
        {
            if (number % divisor == 0 && Math.Abs((long)divisor - wanted) < Math.Abs((long)nearest - wanted))
                nearest = divisor;
        }

        return nearest;
    }
}
