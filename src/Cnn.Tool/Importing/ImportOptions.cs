using System.Globalization;

namespace Cnn.Tool.Importing;

/// <summary>What a user says about a model beside the file.</summary>
internal sealed record ImportOptions
{
    public static readonly ImportOptions None = new();

    /// <summary>Shapes of inputs whose axes are open, by name; under the empty name, of the only such input.</summary>
    public IReadOnlyDictionary<string, long[]> Shapes { get; init; } = new Dictionary<string, long[]>(StringComparer.Ordinal);

    /// <summary>The tensors with which the import ends; none for the model's outputs.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Reads <c>[INPUT=]1,3,320,320</c>, once for each input.</summary>
    /// <exception cref="ImportException">It is no list of lengths, or the same input twice.</exception>
    public static IReadOnlyDictionary<string, long[]> ParseShapes(IEnumerable<string> given)
    {
        Dictionary<string, long[]> shapes = new(StringComparer.Ordinal);
        foreach (string text in given)
        {
            int equals = text.LastIndexOf('=');
            string[] parts = text[(equals + 1)..].Split(',', StringSplitOptions.TrimEntries);
            long[] shape = [.. parts.Select(static part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out long length) ? length : 0)];
            if (shape.Any(static length => length < 1))
                throw new ImportException($"'--shape {text}' is no shape: give lengths as --shape 1,3,320,320, or --shape NAME=1,3,320,320 for one of "
                    + $"several inputs.");
            if (!shapes.TryAdd(equals < 0 ? "" : text[..equals], shape))
                throw new ImportException($"'--shape {text}' is the second shape of the same input.");
        }

        return shapes;
    }
}
