using System.Globalization;

namespace Cnn.Data;

/// <summary>Images of one shape, each with a class, held in memory as bytes or as floats.</summary>
/// <remarks>Bytes stay bytes and are scaled to [0, 1] when they are copied out: MNIST takes 47 MB and not 188 MB.</remarks>
public sealed class ImageDataset : IExamples
{
    private readonly byte[]? _pixels;
    private readonly float[]? _values;
    private readonly int[] _labels;
    private readonly int[] _shape;

    /// <summary>Images of bytes, which are scaled to [0, 1] as <c>pixel / 255</c>.</summary>
    /// <param name="pixels">One image after the other, channels first. Not copied.</param>
    /// <param name="labels">One class an image. Not copied.</param>
    /// <param name="shape">Of one image, channels first: <c>[1, 28, 28]</c>.</param>
    /// <param name="classCount">Labels lie in [0, classCount).</param>
    /// <exception cref="ArgumentException">The counts do not fit together, an axis is below 1, or a label is no class.</exception>
    public ImageDataset(byte[] pixels, int[] labels, ReadOnlySpan<int> shape, int classCount)
        : this(labels, shape, classCount)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        CheckLength(pixels.Length, nameof(pixels));
        _pixels = pixels;
    }

    /// <summary>Images of floats, which are used as they are.</summary>
    /// <param name="values">One image after the other, channels first. Not copied.</param>
    /// <param name="labels">One class an image. Not copied.</param>
    /// <param name="shape">Of one image, channels first: <c>[1, 28, 28]</c>.</param>
    /// <param name="classCount">Labels lie in [0, classCount).</param>
    /// <exception cref="ArgumentException">The counts do not fit together, an axis is below 1, or a label is no class.</exception>
    public ImageDataset(float[] values, int[] labels, ReadOnlySpan<int> shape, int classCount)
        : this(labels, shape, classCount)
    {
        ArgumentNullException.ThrowIfNull(values);
        CheckLength(values.Length, nameof(values));
        _values = values;
    }

    private ImageDataset(int[] labels, ReadOnlySpan<int> shape, int classCount)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        if (labels.Length == 0)
            throw new ArgumentException("There are no labels; at least 1 image is needed.", nameof(labels));
        long length = 1;
        foreach (int axis in shape)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(axis, 1, nameof(shape));
            length *= axis;
            if (length > Array.MaxLength)
                throw new ArgumentException($"An image of shape {ShapeFormat.Brackets(shape)} does not fit into an array.", nameof(shape));
        }

        if (FindWrongLabel(labels, classCount) is { } wrong)
            throw new ArgumentException(wrong, nameof(labels));
        _labels = labels;
        _shape = shape.ToArray();
        ImageLength = (int)length;
        ClassCount = classCount;
    }

    /// <summary>The number of images.</summary>
    public int Count => _labels.Length;

    /// <summary>The shape of one image, channels first.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>Floats of one image.</summary>
    public int ImageLength { get; }

    /// <summary>Labels lie in [0, ClassCount).</summary>
    public int ClassCount { get; }

    /// <summary>The class of each image.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    IReadOnlyList<int> IExampleSource.InputLengths => [ImageLength];

    IReadOnlyList<TargetFormat> IExampleSource.Targets => [TargetFormat.Labels()];

    /// <summary>Reads one part of a dataset that is laid out as MNIST: <c>train-images-idx3-ubyte</c>, <c>t10k-labels-idx1-ubyte</c> and so on.</summary>
    /// <param name="folder">Holds the files, each plain or with <c>.gz</c>, and with <c>-</c> or <c>.</c> before <c>idx</c>.</param>
    /// <param name="part">Which part.</param>
    /// <param name="classCount">Labels lie in [0, classCount). Default 10.</param>
    /// <returns>The images, of shape <c>[1, rows, columns]</c>, and their labels.</returns>
    /// <exception cref="FileNotFoundException">A file is missing; the message lists the names that were looked for.</exception>
    /// <exception cref="DataFormatException">A file is damaged, there are not as many labels as images, or a label is no class.</exception>
    public static ImageDataset LoadIdx(string folder, DatasetPart part, int classCount = 10)
    {
        string stem = part == DatasetPart.Train ? "train" : "t10k";
        return LoadIdx(FindFile(folder, $"{stem}-images", "idx3-ubyte"), FindFile(folder, $"{stem}-labels", "idx1-ubyte"), classCount);
    }

    /// <summary>Reads a file of images and a file of labels.</summary>
    /// <param name="imagesPath">
    /// An IDX file <c>[count, rows, columns]</c>, <c>[count, channels, rows, columns]</c> or <c>[count, features]</c>, gzipped or not.
    /// </param>
    /// <param name="labelsPath">An IDX file <c>[count]</c>, gzipped or not.</param>
    /// <param name="classCount">Labels lie in [0, classCount). Default 10.</param>
    /// <returns>The images, of shape <c>[1, rows, columns]</c> where the file has no channels, and their labels.</returns>
    /// <exception cref="DataFormatException">A file is damaged, there are not as many labels as images, or a label is no class.</exception>
    public static ImageDataset LoadIdx(string imagesPath, string labelsPath, int classCount = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        IdxArray images = IdxReader.Read(imagesPath);
        IdxArray labels = IdxReader.Read(labelsPath);
        if (images.Shape.Length is < 2 or > 4)
            throw new DataFormatException(
                $"'{imagesPath}' has the shape {ShapeFormat.Brackets(images.Shape)}; images need 2, 3 or 4 axes, the first of them the count.");
        if (labels.Shape.Length != 1)
            throw new DataFormatException($"'{labelsPath}' has the shape {ShapeFormat.Brackets(labels.Shape)}; labels need 1 axis.");
        if (images.Shape[0] != labels.Shape[0])
            throw new DataFormatException($"'{imagesPath}' has {CountFormat.Of(images.Shape[0], "image")} and '{labelsPath}' has "
                + $"{CountFormat.Of(labels.Shape[0], "label")}; as many are needed. Do they belong together?");

        int[] classes = Array.ConvertAll(labels.Values, static label => (int)label);
        if (FindWrongLabel(classes, classCount) is { } wrong)
            throw new DataFormatException($"'{labelsPath}': {wrong}");
        int[] shape = images.Shape.Length == 3 ? [1, .. images.Shape[1..]] : images.Shape[1..].ToArray();
        return new ImageDataset(images.Values, classes, shape, classCount);
    }

    /// <summary>Copies one image, scaled to [0, 1] if it is held as bytes.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <param name="destination">Receives <see cref="ImageLength"/> floats.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public void CopyImage(int index, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        if (destination.Length != ImageLength)
            throw new ArgumentException($"The destination has {CountFormat.Of(destination.Length, "float")}; an image has {ImageLength}.", nameof(destination));
        int start = index * ImageLength;
        if (_pixels is not null)
            PixelScaling.ToUnitRange(_pixels.AsSpan(start, ImageLength), destination);
        else
            _values.AsSpan(start, ImageLength).CopyTo(destination);
    }

    /// <summary>Some of the images, copied, in the order in which they are named.</summary>
    /// <param name="indices">Positions in this dataset; one may be named several times.</param>
    /// <returns>A dataset of the same shape and classes.</returns>
    /// <exception cref="ArgumentException">No image is named.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ImageDataset Subset(ReadOnlySpan<int> indices)
    {
        var labels = new int[indices.Length];
        for (int position = 0; position < labels.Length; position++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)indices[position], (uint)Count, nameof(indices));
            labels[position] = _labels[indices[position]];
        }

        return _pixels is not null
            ? new ImageDataset(Gather(_pixels, indices), labels, _shape, ClassCount)
            : new ImageDataset(Gather(_values!, indices), labels, _shape, ClassCount);
    }

    void IExamples.Copy(ReadOnlySpan<int> examples, ExampleBatch batch)
    {
        Span<float> images = batch.Input();
        Span<int> labels = batch.Labels();
        for (int index = 0; index < examples.Length; index++)
        {
            CopyImage(examples[index], images.Slice(index * ImageLength, ImageLength));
            labels[index] = _labels[examples[index]];
        }
    }

    /// <summary>As <c>60000 images of [1, 28, 28] in 10 classes</c>.</summary>
    public override string ToString() =>
        $"{CountFormat.Of(Count, "image")} of {ShapeFormat.Brackets<int>(_shape)} in {CountFormat.Of(ClassCount, "class", "classes")}";

    private T[] Gather<T>(T[] images, ReadOnlySpan<int> indices)
    {
        var gathered = new T[checked(indices.Length * ImageLength)];
        for (int position = 0; position < indices.Length; position++)
            images.AsSpan(indices[position] * ImageLength, ImageLength).CopyTo(gathered.AsSpan(position * ImageLength));
        return gathered;
    }

    private static string FindFile(string folder, string stem, string suffix)
    {
        string[] names = [$"{stem}-{suffix}", $"{stem}-{suffix}.gz", $"{stem}.{suffix}", $"{stem}.{suffix}.gz"];
        return DataFolder.Find(folder, names) ?? throw DataFolder.Missing(folder, names);
    }

    private static string? FindWrongLabel(ReadOnlySpan<int> labels, int classCount)
    {
        for (int index = 0; index < labels.Length; index++)
        {
            if ((uint)labels[index] >= (uint)classCount)
                return string.Create(CultureInfo.InvariantCulture,
                    $"label {index} is {labels[index]}; with {CountFormat.Of(classCount, "class", "classes")}, 0 to {classCount - 1} are allowed.");
        }

        return null;
    }

    private void CheckLength(int length, string argument)
    {
        if (length != (long)Count * ImageLength)
            throw new ArgumentException($"There are {CountFormat.Of(length, "value")}; "
                + $"{CountFormat.Of(Count, "label")} and images of {ShapeFormat.Brackets<int>(_shape)} need {(long)Count * ImageLength}.", argument);
    }
}
