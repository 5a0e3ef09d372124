using System.Globalization;
using System.Numerics;
using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>Collects the faults of one layer.</summary>
internal sealed class LayerFaults(LayerPath layer, string name, List<Fault> faults)
{
    /// <summary>Array.MaxLength, which the target framework of generators does not have.</summary>
    public const int MaxLength = 0x7FFFFFC7;

    /// <summary>Where the layer is written.</summary>
    public LayerPath Layer => layer;

    /// <summary>The layer's name, for messages.</summary>
    public string Name => name;

    /// <summary>Whether a fault was found that leaves the layer without a shape.</summary>
    public bool Any { get; private set; }

    public void Add(string id, string? argument, int element, LayerPath related, params string[] arguments) =>
        Add(id, argument, element, related, [], arguments);

    /// <summary>Adds a fault together with what would mend it.</summary>
    public void Add(string id, string? argument, int element, LayerPath related, IReadOnlyList<Repair> repairs, params string[] arguments)
    {
        Any = true;
        AddHarmless(id, argument, element, related, repairs, arguments);
    }

    /// <summary>For a fault from which nothing about shapes follows.</summary>
    public void AddHarmless(string id, string? argument, int element, LayerPath related, params string[] arguments) =>
        AddHarmless(id, argument, element, related, [], arguments);

    private void AddHarmless(string id, string? argument, int element, LayerPath related, IReadOnlyList<Repair> repairs, string[] arguments) =>
        faults.Add(new Fault
        {
            Id = id,
            Layer = layer.Layer,
            Within = layer.Within,
            Argument = argument,
            Element = element,
            RelatedLayer = related.Layer,
            RelatedWithin = related.Within,
            Arguments = [.. arguments],
            Repairs = repairs.ToEquatableArray(),
        });

    public void AtLeast(int minimum, string argument, int value, string because)
    {
        if (value < minimum)
            OutOfRange(argument, -1, argument, Numbers.Text(value), "at least " + Numbers.Text(minimum), because);
    }

    /// <summary>Checks every number of an argument.</summary>
    public void AtLeast(int minimum, string argument, EquatableArray<int> values, string because)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] >= minimum)
                continue;
            string called = values.Length == 1 ? argument : argument + "[" + Numbers.Text(i) + "]";
            OutOfRange(argument, i, called, Numbers.Text(values[i]), "at least " + Numbers.Text(minimum), because);
        }
    }

    public void Require(bool condition, string argument, float value, string need, string because)
    {
        if (!condition)
            OutOfRange(argument, -1, argument, value.ToString("R", CultureInfo.InvariantCulture), need, because);
    }

    public void WrongCount(string argument, int count, string need, string because)
    {
        string found = count switch { 0 => "no numbers", 1 => "1 number", _ => Numbers.Text(count) + " numbers" };
        Add(FaultIds.WrongNumberOfValues, argument, -1, -1, argument, Name, found, need, because);
    }

    /// <summary>Checks that a tensor fits into an array.</summary>
    /// <param name="what">As a message calls it, as <c>weight</c>.</param>
    /// <param name="lengths">Its axes, not yet known to fit into an int.</param>
    public bool Fits(string what, params long[] lengths)
    {
        BigInteger count = lengths.Aggregate(BigInteger.One, static (product, length) => product * length);
        if (count <= MaxLength)
            return true;
        string shape = Numbers.Axes(lengths);
        Add(FaultIds.TensorTooLarge, null, -1, -1, what, Name, shape, count.ToString(CultureInfo.InvariantCulture), Numbers.Text(MaxLength));
        return false;
    }

    /// <summary>As in messages: <c>1 axis</c>, <c>2 axes</c>.</summary>
    public static string Axes(int rank) => rank == 1 ? "1 axis" : Numbers.Text(rank) + " axes";

    /// <summary>Reports a value that is not allowed.</summary>
    /// <param name="argument">The argument to blame.</param>
    /// <param name="element">Which of its values, or -1.</param>
    /// <param name="called">What the message calls it.</param>
    /// <param name="value">What it is.</param>
    /// <param name="need">What it must be.</param>
    /// <param name="because">Why.</param>
    public void OutOfRange(string argument, int element, string called, string value, string need, string because) =>
        Add(FaultIds.ArgumentOutOfRange, argument, element, -1, called, Name, value, need, because);
}
