using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>Names of ports where there are several, since constants, parameters and properties are called after them then.</summary>
internal static class PortRule
{
    /// <summary>Checks the names that were written.</summary>
    public static void CheckNames(NetworkSpec network, List<Fault> faults)
    {
        List<int> inputs = Places<InputSpec>(network);
        List<int> outputs = Places<OutputSpec>(network);
        if (!PortNames.AreMembers(inputs.Count, outputs.Count))
            return;
        foreach (int unnamed in Unnamed(network, inputs))
        {
            faults.Add(new Fault
            {
                Id = FaultIds.UnnamedInput,
                Layer = unnamed,
                RelatedLayer = inputs.First(input => input != unnamed),
                Arguments = [network.Type.Name, Numbers.Text(inputs.Count),
                    string.Join(", ", ((InputSpec)network.Layers[unnamed]).Shape.Select(static length => Numbers.Text(length)))],
            });
        }

        Dictionary<string, string> taken = new(StringComparer.Ordinal);
        foreach (int port in inputs.Concat(outputs))
        {
            LayerSpec layer = network.Layers[port];
            if (!layer.IsNamed || layer.Name.Length == 0 || Reason(layer, outputs.Count, taken) is not { } reason)
                continue;
            string what = layer is InputSpec ? "input" : "output";
            faults.Add(new Fault { Id = FaultIds.PortNameTaken, Layer = port, Argument = "Name", Arguments = [layer.Name, what, network.Type.Name, reason] });
        }
    }

    /// <summary>Checks that all ports of one direction together fit into one array.</summary>
    public static void CheckLengths(IEnumerable<ShapedPort> ports, string what, NetworkSpec network, List<Fault> faults)
    {
        long length = ports.Sum(static port => (long)port.Shape.Length);
        if (length > LayerFaults.MaxLength)
            new LayerFaults(-1, network.Type.Name, faults).Fits(what, length);
    }

    private static List<int> Places<TPort>(NetworkSpec network) =>
        [.. Enumerable.Range(0, network.Layers.Length).Where(place => network.Layers[place] is TPort)];

    /// <summary>Of several inputs without a name the later ones: one mistake, one fault, and the first may keep its place once these are gone.</summary>
    private static IEnumerable<int> Unnamed(NetworkSpec network, List<int> inputs)
    {
        List<int> unnamed = [.. inputs.Where(input => !network.Layers[input].IsNamed)];
        return inputs.Count < 2 ? [] : unnamed.Count > 1 ? unnamed.Skip(1) : unnamed;
    }

    /// <summary>Why a name cannot be had, or null.</summary>
    private static string? Reason(LayerSpec port, int outputs, Dictionary<string, string> taken)
    {
        bool isLoneOutput = port is OutputSpec && outputs == 1;
        if (port.Name is InputSpec.DefaultPort or OutputSpec.DefaultPort && !(isLoneOutput && port.Name == OutputSpec.DefaultPort))
            return $"{PortNames.Pascal(port.Name)}Length is the length of all {port.Name}s";
        string camel = PortNames.Camel(port.Name);
        if (Keywords.IsKeyword(camel))
            return $"parameters are called after it, and {camel} is a keyword of C#";
        if (port is OutputSpec && PortNames.IsOfRecords(PortNames.Pascal(port.Name)))
            return $"a property of the record Losses is called after it, and {PortNames.Pascal(port.Name)} is a member of every record, or the record itself";
        if (taken.TryGetValue(camel, out string? other))
            return other == port.Name ? null : $"it is {camel} in C#, as '{other}' is";
        taken.Add(camel, port.Name);
        return null;
    }
}
