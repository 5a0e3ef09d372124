using System.Globalization;

namespace Cnn;

/// <summary>Collects what is wrong with a file's tensors, so that one exception can list it all.</summary>
internal sealed class ProblemList
{
    private readonly List<string> _problems = [];

    public void Add(string problem) => _problems.Add(problem);

    /// <summary>Adds a tensor that has an infinity or a value that is not a number.</summary>
    public void AddIfNotFinite(TensorEntry entry, ReadOnlySpan<float> values)
    {
        if (NotFinite(values) is { } found)
            Add($"'{entry.Name}' {entry.ShapeText} has values that are not finite: {found}");
    }

    /// <summary>How many values are infinities or not numbers, and where the first is; null where there is none.</summary>
    public static string? NotFinite(ReadOnlySpan<float> values)
    {
        int count = 0;
        int first = 0;
        for (int index = 0; index < values.Length; index++)
        {
            if (float.IsFinite(values[index]))
                continue;
            if (count++ == 0)
                first = index;
        }

        return count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{count} of {values.Length}, the first at element {first}, {values[first]}");
    }

    /// <summary>Throws if anything was added.</summary>
    /// <param name="heading">What the problems are problems of.</param>
    /// <exception cref="WeightsException">The heading, then one line a problem.</exception>
    public void ThrowIfAny(string heading)
    {
        if (_problems.Count > 0)
            throw new WeightsException($"{heading}\n- {string.Join("\n- ", _problems)}");
    }
}
