using Cnn.Generator.Planning;

namespace Cnn.Generator.Emission;

/// <summary>Names of locals for places in memory; layers whose names differ in the case of the first letter get numbers.</summary>
internal sealed class PlaceNames
{
    private readonly Dictionary<Address, string> _all = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<Address, string> All => _all;

    public void Add(Region region, int offset, string name)
    {
        string unique = name;
        for (int number = 2; !_taken.Add(unique); number++)
            unique = name + Expressions.Number(number);
        _all.Add(new Address(region, 0, offset), unique);
    }
}
