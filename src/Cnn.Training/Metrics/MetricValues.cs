using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Cnn.Training;

/// <summary>What metrics came to, by their <see cref="Metric.Key"/>, in their order. Equal where names and numbers are.</summary>
public sealed class MetricValues : IReadOnlyDictionary<string, double>, IEquatable<MetricValues>
{
    private readonly string[] _keys;
    private readonly double[] _values;

    /// <summary>Of names and numbers.</summary>
    /// <param name="values">In the order of the dictionary.</param>
    public MetricValues(IReadOnlyDictionary<string, double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _keys = [.. values.Keys];
        _values = [.. values.Values];
    }

    internal MetricValues(string[] keys, double[] values)
    {
        _keys = keys;
        _values = values;
    }

    /// <summary>No metric.</summary>
    public static MetricValues None { get; } = new([], []);

    /// <inheritdoc/>
    public int Count => _keys.Length;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _keys;

    /// <inheritdoc/>
    public IEnumerable<double> Values => _values;

    /// <summary>The value of a metric.</summary>
    /// <param name="key">As <c>accuracy</c> or, of one output among several, <c>digit accuracy</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no such metric; the message lists those that there are.</exception>
    public double this[string key] => TryGetValue(key, out double value) ? value
        : throw new KeyNotFoundException($"There is no metric '{key}'; there {(Count == 0 ? "is none" : $"are: {string.Join(", ", _keys)}")}.");

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _keys.Contains(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value)
    {
        int index = Array.IndexOf(_keys, key);
        value = index < 0 ? double.NaN : _values[index];
        return index >= 0;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() =>
        _keys.Zip(_values, static (key, value) => KeyValuePair.Create(key, value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(MetricValues? other) => other is not null && _keys.AsSpan().SequenceEqual(other._keys) && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MetricValues);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, Count == 0 ? 0 : _values[0]);

    /// <summary>As <c>accuracy 98.12 %, mean absolute error 0.2113</c>.</summary>
    public override string ToString() => string.Join(", ", this.Select(static metric => $"{metric.Key} {Text(metric.Key, metric.Value)}"));

    /// <summary>Parts of 1 as people say them; everything else with four digits.</summary>
    internal static string Text(string key, double value)
    {
        bool isPart = key.EndsWith("accuracy", StringComparison.Ordinal) && value is >= 0 and <= 1;
        return isPart ? ProgressText.Percent(value) : value.ToString("G4", CultureInfo.InvariantCulture);
    }
}
