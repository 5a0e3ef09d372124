using Cnn.CompilerServices;

namespace Cnn;

/// <summary>A network's parameters as a safetensors file.</summary>
internal static class WeightsFile
{
    // PyTorch's count of batches, which only a BatchNorm without momentum needs.
    private const string IgnoredCounter = "num_batches_tracked";

    /// <summary>Writes the parameters in declaration order.</summary>
    /// <param name="parameters">As their <see cref="Parameter.Values"/> show them.</param>
    /// <param name="stream">Written from where it stands; left open.</param>
    public static void Save(ParameterSet parameters, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Collect(parameters).Write(stream);
    }

    /// <summary>Writes the parameters to a file, which is replaced as a whole or not at all.</summary>
    /// <inheritdoc cref="Save(ParameterSet, Stream)"/>
    public static void Save(ParameterSet parameters, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Collect(parameters).Write(path);
    }

    /// <summary>Reads all parameters, or changes nothing.</summary>
    /// <param name="parameters">What is needed; as <see cref="Parameter.Values"/> shows them afterwards; spans taken before may show the old numbers.</param>
    /// <param name="stream">Read from where it stands to its end; left open.</param>
    /// <exception cref="WeightsException">The stream is damaged, or its tensors are not those of the parameters.</exception>
    public static void Load(ParameterSet parameters, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Load(parameters, stream, "The stream");
    }

    /// <summary>Reads all parameters from a file, or changes nothing.</summary>
    /// <inheritdoc cref="Load(ParameterSet, Stream)"/>
    public static void Load(ParameterSet parameters, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        Load(parameters, stream, $"'{path}'");
    }

    private static TensorFile Collect(ParameterSet parameters)
    {
        // Some Python libraries refuse a file that does not say whose layouts it follows.
        var file = new TensorFile { Metadata = { ["format"] = "pt" } };
        foreach (Parameter parameter in parameters)
        {
            // Brings Storage up to date; Storage itself can be written without a copy.
            _ = parameter.Values;
            file.Add(parameter.Name, parameter.Shape, parameter.Storage);
        }

        return file;
    }

    private static void Load(ParameterSet parameters, Stream stream, string source)
    {
        var reader = new SafetensorsReader(stream, source);
        Dictionary<string, Parameter> byName = parameters.ToDictionary(parameter => parameter.Name);
        var loaded = new Dictionary<string, float[]>();
        var problems = new ProblemList();
        var scaled = new ScaledTensors(reader.Entries);
        foreach (TensorEntry entry in reader.Entries)
        {
            if (scaled.IsFactors(entry))
            {
                scaled.ReadFactors(reader, entry, problems);
                continue;
            }

            bool isWhole = scaled.IsWhole(entry);
            if (byName.TryGetValue(entry.Name, out Parameter? parameter) && Fits(entry, isWhole, parameter, problems))
            {
                float[] values = GC.AllocateUninitializedArray<float>(parameter.Length);
                FreshPages.BringIn(values);
                reader.ReadReals(entry, values);
                if (isWhole)
                    scaled.Add(entry, values);
                else
                    problems.AddIfNotFinite(entry, values);
                loaded.Add(entry.Name, values);
                continue;
            }

            if (parameter is null && !IsIgnored(entry.Name))
                problems.Add($"'{entry.Name}' {entry.ShapeText} is unexpected: the network has no such parameter");
            reader.Skip(entry);
        }

        reader.Finish();
        scaled.Multiply(problems);
        var found = reader.Entries.Select(entry => entry.Name).ToHashSet();
        foreach (Parameter parameter in parameters.Where(parameter => !found.Contains(parameter.Name)))
            problems.Add($"'{parameter.Name}' {ShapeFormat.Brackets(parameter.Shape)} is missing");
        problems.ThrowIfAny($"{source} does not fit the network, and nothing was loaded:");

        // A trainer packs anew what is written through Values. Without one the arrays themselves are taken: to touch fresh memory a third time,
        // after reading and before packing, would be a third of the time that a short program takes to load its weights.
        foreach (Parameter parameter in parameters)
        {
            if (parameter.Owner is null)
                parameter.Adopt(loaded[parameter.Name]);
            else
                loaded[parameter.Name].CopyTo(parameter.Values);
        }
    }

    private static bool Fits(TensorEntry entry, bool isWhole, Parameter parameter, ProblemList problems)
    {
        if (!entry.HasShape(parameter.Shape))
        {
            problems.Add($"'{entry.Name}' has the shape {entry.ShapeText}; {ShapeFormat.Brackets(parameter.Shape)} is needed");
            return false;
        }

        if (entry.Type.Kind != ElementKind.Real && !isWhole)
        {
            problems.Add($"'{entry.Name}' is of type {entry.Type}; F32, F64, F16 or BF16 is needed{ScaledTensors.Lack(entry)}");
            return false;
        }

        return true;
    }

    /// <summary>Whether a tensor is nobody's, and no mistake.</summary>
    internal static bool IsIgnored(string name) => name == IgnoredCounter || name.EndsWith("." + IgnoredCounter, StringComparison.Ordinal);
}
