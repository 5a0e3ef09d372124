using System.Globalization;

namespace Cnn.Data;

/// <summary>Reads images from text: one a line, numbers separated by commas, plain or gzipped.</summary>
public static class CsvImages
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">A CSV file, gzipped or not. Empty lines are passed over.</param>
    /// <param name="layout">What stands where.</param>
    /// <returns>The images, with pixels divided by <see cref="CsvLayout.White"/>, and their classes.</returns>
    /// <exception cref="DataFormatException">
    /// A line has too few or too many numbers, or something that is none, or there is no line; the message names line and column.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImageDataset Load(string path, CsvLayout layout)
    {
        using FileStream stream = File.OpenRead(path);
        return Load(stream, layout, $"'{path}'");
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">CSV, gzipped or not, from where the stream stands; left open.</param>
    /// <param name="layout">What stands where.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>The images and their classes.</returns>
    /// <exception cref="DataFormatException">The content is not what the layout says.</exception>
    public static ImageDataset Load(Stream stream, CsvLayout layout, string name = "The stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(layout);
        if (!(layout.White > 0 && float.IsFinite(layout.White)))
            throw new ArgumentException(FormattableString.Invariant($"White is {layout.White}; a finite number above 0 is needed."), nameof(layout));
        return GzipInput.Read(stream, content => Read(content, layout, name), (what, exception) => Damaged(name, what, exception));
    }

    private static ImageDataset Read(Stream stream, CsvLayout layout, string name)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        int pixels = layout.Shape.Aggregate(1, (product, axis) => checked(product * axis));
        List<float> values = [];
        List<int> labels = [];
        for (int number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.AsSpan().Trim().IsEmpty || (number == 1 && layout.HasHeader))
                continue;
            ReadLine(line, number, pixels);
        }

        if (labels.Count == 0)
            throw Damaged(name, "it has no line with an image");
        return new ImageDataset(values.ToArray(), labels.ToArray(), layout.Shape, layout.ClassCount);

        void ReadLine(ReadOnlySpan<char> line, int number, int pixels)
        {
            int labelColumn = layout.LabelFirst ? 0 : pixels;
            int column = 0;
            foreach (Range range in line.Split(','))
            {
                ReadOnlySpan<char> field = line[range].Trim();
                if (column == labelColumn)
                    labels.Add(Label(field, number, column));
                else if (column <= pixels)
                    values.Add(Pixel(field, number, column));
                column++;
            }

            if (column != pixels + 1)
                throw Damaged(name, $"line {number} has {CountFormat.Of(column, "number")}, and {CountFormat.Of(pixels, "pixel")} and a class are needed");
        }

        int Label(ReadOnlySpan<char> field, int line, int column) =>
            int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out int label) && label < layout.ClassCount
                ? label
                : throw Damaged(name, $"line {line}, column {column + 1} has the class '{field}', and 0 to {layout.ClassCount - 1} are allowed");

        float Pixel(ReadOnlySpan<char> field, int line, int column) =>
            float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value)
                ? value / layout.White
                : throw Damaged(name, $"line {line}, column {column + 1} is '{field}', and a number is needed");
    }

    private static DataFormatException Damaged(string name, string what, Exception? inner = null)
        => new($"{name} is no CSV file of such images: {what}. Mend the file, or describe it with another CsvLayout.", inner);
}
