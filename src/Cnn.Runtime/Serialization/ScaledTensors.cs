namespace Cnn;

/// <summary>
/// Weights that a file holds as whole numbers: <c>NAME</c> of the type I8, and <c>NAME.scale</c> with a factor for each index of the first axis, in
/// either order.
/// </summary>
/// <param name="entries">What the file holds.</param>
internal sealed class ScaledTensors(IReadOnlyList<TensorEntry> entries)
{
    private readonly Dictionary<string, TensorEntry> _entries = entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, float[]> _factors = new(StringComparer.Ordinal);
    private readonly List<(TensorEntry Entry, float[] Values)> _wholes = [];

    /// <summary>What the factors of a tensor are called.</summary>
    public static string FactorsOf(string name) => name + ".scale";

    /// <summary>What a message adds about whole numbers that have no factors.</summary>
    public static string Lack(TensorEntry entry) =>
        entry.Type == ElementType.I8 ? $", or I8 beside '{FactorsOf(entry.Name)}' with one F32 for each index of the first axis" : "";

    /// <summary>Whether a tensor is whole numbers whose factors are in the file.</summary>
    public bool IsWhole(TensorEntry entry) =>
        entry.Type == ElementType.I8 && entry.Shape.Length > 0
        && _entries.TryGetValue(FactorsOf(entry.Name), out TensorEntry? factors) && factors.Type == ElementType.F32
        && factors.Shape.AsSpan().SequenceEqual([entry.Shape[0]]);

    /// <summary>Whether a tensor is the factors of another in the file.</summary>
    public bool IsFactors(TensorEntry entry)
    {
        string suffix = FactorsOf("");
        return entry.Name.EndsWith(suffix, StringComparison.Ordinal)
            && _entries.TryGetValue(entry.Name[..^suffix.Length], out TensorEntry? whole) && IsWhole(whole);
    }

    /// <summary>Reads the next tensor, which is factors.</summary>
    public void ReadFactors(SafetensorsReader reader, TensorEntry entry, ProblemList problems)
    {
        float[] factors = reader.ReadReals(entry);
        problems.AddIfNotFinite(entry, factors);
        _factors.Add(entry.Name, factors);
    }

    /// <summary>Takes whole numbers as they were read, to be multiplied in the end.</summary>
    public void Add(TensorEntry entry, float[] values) => _wholes.Add((entry, values));

    /// <summary>Multiplies all whole numbers by their factors, once everything has been read.</summary>
    public void Multiply(ProblemList problems)
    {
        foreach ((TensorEntry entry, float[] values) in _wholes)
        {
            float[] factors = _factors[FactorsOf(entry.Name)];
            int length = factors.Length == 0 ? 0 : values.Length / factors.Length;
            for (int row = 0; row < factors.Length; row++)
            {
                foreach (ref float value in values.AsSpan(row * length, length))
                    value *= factors[row];
            }

            problems.AddIfNotFinite(entry, values);
        }
    }
}
