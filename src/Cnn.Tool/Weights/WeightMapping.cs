using Cnn.Tool.Importing;

namespace Cnn.Tool.Weights;

/// <summary>Which tensor of a file becomes which parameter of a network.</summary>
internal static class WeightMapping
{
    /// <summary>
    /// By equal names, or by names with one prefix before each, as where a trainer's class (Lightning) holds the model beside its loss: tensors without it
    /// belong to something else.
    /// </summary>
    public static TensorFile ByName(INetwork network, IReadOnlyList<(string Name, Tensor Values)> tensors) =>
        Mapped(network, Unprefixed(network, tensors), network.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Name),
            "Give --match order, or a --map file with a line 'parameter = tensor' for each that is called otherwise.");

    private static IReadOnlyList<(string Name, Tensor Values)> Unprefixed(INetwork network, IReadOnlyList<(string Name, Tensor Values)> tensors)
    {
        HashSet<string> names = new(tensors.Select(tensor => tensor.Name), StringComparer.Ordinal);
        if (network.Parameters.Count == 0 || network.Parameters.Any(parameter => names.Contains(parameter.Name)))
            return tensors;
        string first = "." + network.Parameters[0].Name;
        string[] prefixes =
        [
            .. tensors.Where(tensor => tensor.Name.EndsWith(first, StringComparison.Ordinal)).Select(tensor => tensor.Name[..^(first.Length - 1)])
                .Where(prefix => network.Parameters.All(parameter => names.Contains(prefix + parameter.Name))),
        ];
        return prefixes.Length == 1
            ? [.. tensors.Where(tensor => tensor.Name.StartsWith(prefixes[0], StringComparison.Ordinal))
                .Select(tensor => (tensor.Name[prefixes[0].Length..], tensor.Values))]
            : tensors;
    }

    /// <summary>The first parameter gets the first tensor, and so on; each shape has to fit.</summary>
    public static TensorFile ByOrder(INetwork network, IReadOnlyList<(string Name, Tensor Values)> tensors)
    {
        if (tensors.Count != network.Parameters.Count)
        {
            throw new ImportException(
                $"The file has {tensors.Count} tensors and the network {network.Parameters.Count} parameters, so that the order does not tell which "
                + $"is which:\n{SideBySide(network, tensors)}");
        }

        Dictionary<string, string> map = [];
        foreach ((Parameter parameter, (string Name, Tensor Values) tensor) in network.Parameters.Zip(tensors))
            map.Add(parameter.Name, tensor.Name);
        return Mapped(network, tensors, map, "The order in the file is not that of the network: give a --map file with a line 'parameter = tensor' for each.");
    }

    /// <summary>By lines <c>parameter = tensor</c>; parameters that are not listed keep their names. Empty lines and lines from # are skipped.</summary>
    public static TensorFile ByMap(INetwork network, IReadOnlyList<(string Name, Tensor Values)> tensors, IEnumerable<string> lines)
    {
        Dictionary<string, string> map = network.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Name);
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            string text = line.Trim();
            if (text.Length == 0 || text[0] == '#')
                continue;
            string[] sides = text.Split('=', 2, StringSplitOptions.TrimEntries);
            if (sides.Length != 2 || !map.ContainsKey(sides[0]))
                throw new ImportException(
                    $"Line {number} of the map is '{text}'; 'parameter = tensor' is needed, where the parameter is one of {string.Join(", ", map.Keys)}.");
            map[sides[0]] = sides[1];
        }

        return Mapped(network, tensors, map, "Mend the map.");
    }

    private static TensorFile Mapped(INetwork network, IReadOnlyList<(string Name, Tensor Values)> tensors, Dictionary<string, string> map, string advice)
    {
        Dictionary<string, Tensor> byName = new(StringComparer.Ordinal);
        foreach ((string name, Tensor values) in tensors)
            byName[name] = values;
        List<string> problems = [];
        TensorFile file = new() { Metadata = { ["format"] = "pt" } };
        foreach (Parameter parameter in network.Parameters)
        {
            string source = map[parameter.Name];
            if (!byName.TryGetValue(source, out Tensor? tensor))
                problems.Add($"'{parameter.Name}' {Tensor.Text(parameter.Shape)} is missing: there is no tensor '{source}'");
            else if (!tensor.Shape.AsSpan().SequenceEqual(parameter.Shape))
                problems.Add($"'{parameter.Name}' needs the shape {Tensor.Text(parameter.Shape)}, and '{source}' has {Tensor.Text(tensor.Shape)}");
            else if (!tensor.IsReal || tensor.Reals.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) >= 0)
                problems.Add($"'{source}' has numbers that are not finite, or integers");
            else
                file.Add(parameter.Name, parameter.Shape, tensor.Reals);
        }

        HashSet<string> used = [.. map.Values];
        problems.AddRange(tensors.Where(tensor => !used.Contains(tensor.Name))
            .Select(tensor => $"'{tensor.Name}' {Tensor.Text(tensor.Values.Shape)} belongs to no parameter"));
        return problems.Count == 0
            ? file
            : throw new ImportException($"The tensors do not fit the network, and nothing was written:\n  - {string.Join("\n  - ", problems)}\n{advice}");
    }

    private static string SideBySide(INetwork network, IReadOnlyList<(string Name, Tensor Values)> tensors)
    {
        IEnumerable<string> rows = Enumerable.Range(0, Math.Max(tensors.Count, network.Parameters.Count)).Select(index =>
        {
            string parameter = index < network.Parameters.Count ? $"{network.Parameters[index].Name} {Tensor.Text(network.Parameters[index].Shape)}" : "-";
            string tensor = index < tensors.Count ? $"{tensors[index].Name} {Tensor.Text(tensors[index].Values.Shape)}" : "-";
            return $"  {parameter,-40} {tensor}";
        });
        return string.Join("\n", rows);
    }
}
