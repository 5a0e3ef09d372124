namespace Cnn;

/// <summary>Takes from a safetensors stream what fits a network, and reports the rest.</summary>
/// <param name="parameters">The network's.</param>
/// <param name="rename">From a file's name to the network's; null for a tensor that is left out.</param>
internal sealed class MatchingLoad(ParameterSet parameters, Func<string, string?>? rename)
{
    private readonly Dictionary<string, Parameter> _byName = parameters.ToDictionary(static parameter => parameter.Name);
    private readonly Dictionary<string, float[]> _values = [];
    private readonly HashSet<string> _named = [];
    private readonly List<string> _mismatched = [];
    private readonly List<string> _unexpected = [];
    private readonly List<string> _details = [];

    /// <summary>Reads the stream to its end, and changes nothing if it is damaged.</summary>
    /// <param name="stream">Read from where it stands; left open.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="WeightsException">The stream is damaged, or a number that would be taken is not finite.</exception>
    /// <exception cref="ArgumentException">Two tensors were given the same name.</exception>
    public LoadReport Read(Stream stream, string source)
    {
        var reader = new SafetensorsReader(stream, source);
        var problems = new ProblemList();
        var scaled = new ScaledTensors(reader.Entries);
        foreach (TensorEntry entry in reader.Entries)
        {
            if (scaled.IsFactors(entry))
                scaled.ReadFactors(reader, entry, problems);
            else if (Taken(entry, scaled.IsWhole(entry)) is { } parameter)
                ReadValues(reader, entry, parameter, scaled, problems);
            else
                reader.Skip(entry);
        }

        reader.Finish();
        scaled.Multiply(problems);
        problems.ThrowIfAny($"{source} cannot be used, and nothing was loaded:");
        return Apply();
    }

    private static string ShapesOf(TensorEntry entry, Parameter parameter) =>
        $"has the shape {entry.ShapeText}; {ShapeFormat.Brackets(parameter.Shape)} is needed";

    private void ReadValues(SafetensorsReader reader, TensorEntry entry, Parameter parameter, ScaledTensors scaled, ProblemList problems)
    {
        float[] values = new float[parameter.Length];
        reader.ReadReals(entry, values);
        if (scaled.IsWhole(entry))
            scaled.Add(entry, values);
        else
            problems.AddIfNotFinite(entry, values);
        _values.Add(parameter.Name, values);
    }

    /// <summary>The parameter that takes a tensor, if there is one.</summary>
    private Parameter? Taken(TensorEntry entry, bool isWhole)
    {
        string? name = rename is null ? entry.Name : rename(entry.Name);
        if (name is null)
            return null;
        if (!_byName.TryGetValue(name, out Parameter? parameter))
        {
            if (WeightsFile.IsIgnored(name))
                return null;
            _unexpected.Add(entry.Name);
            _details.Add($"'{entry.Name}' {entry.ShapeText} is unexpected: the network has no parameter '{name}'");
            return null;
        }

        if (!_named.Add(name))
            throw new ArgumentException($"Two tensors were renamed to '{name}', '{entry.Name}' and one before it; nothing was loaded.", nameof(rename));
        bool isReal = entry.Type.Kind == ElementKind.Real || isWhole;
        if (isReal && entry.HasShape(parameter.Shape))
            return parameter;
        _mismatched.Add(name);
        _details.Add($"'{name}' {(isReal ? ShapesOf(entry, parameter) : $"is of type {entry.Type}; F32, F64, F16 or BF16 is needed")}");
        return null;
    }

    private LoadReport Apply()
    {
        List<string> loaded = [];
        List<string> missing = [];
        foreach (Parameter parameter in parameters)
        {
            if (_values.TryGetValue(parameter.Name, out float[]? values))
            {
                values.CopyTo(parameter.Values);
                loaded.Add(parameter.Name);
            }
            else if (!_named.Contains(parameter.Name))
            {
                missing.Add(parameter.Name);
                _details.Add($"'{parameter.Name}' {ShapeFormat.Brackets(parameter.Shape)} is missing");
            }
        }

        return new LoadReport(loaded, missing, _unexpected, _mismatched, _details);
    }
}
