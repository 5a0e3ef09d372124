using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>What to say, and to offer, where no layer has the name that another takes its input by.</summary>
internal static class UnknownName
{
    /// <summary>How many names a message lists: those nearest before the layer.</summary>
    private const int ListedNames = 12;

    /// <summary>Adds the fault.</summary>
    /// <param name="name">The name that nobody has.</param>
    /// <param name="earlier">The names of the layers before, in their order.</param>
    /// <param name="argument">Where the name is written.</param>
    /// <param name="element">Which of the argument's values it is, or -1.</param>
    /// <param name="faults">Where it goes.</param>
    public static void Add(string name, IReadOnlyList<string> earlier, string argument, int element, LayerFaults faults)
    {
        string? nearest = NearestName.Of(name, earlier);
        IReadOnlyList<Repair> repairs = nearest is null ? [] : [new Repair(RepairKind.ReplaceValue, "", "\"" + nearest + "\"")];
        faults.Add(FaultIds.UnknownName, argument, element, -1, repairs, faults.Name, name, nearest is null ? List(earlier) : $"did you mean '{nearest}'?");
    }

    private static string List(IReadOnlyList<string> earlier)
    {
        if (earlier.Count == 0)
            return "before it there is none";
        string listed = string.Join(", ", earlier.Skip(earlier.Count - ListedNames));
        return earlier.Count <= ListedNames
            ? $"before it there are {listed}"
            : $"before it there are {listed} and {Numbers.Text(earlier.Count - ListedNames)} others";
    }
}
