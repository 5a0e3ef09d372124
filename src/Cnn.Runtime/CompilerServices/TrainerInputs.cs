using System.Globalization;

namespace Cnn.CompilerServices;

/// <summary>The inputs of a trainer: their checks, and where they are brought together when they come one by one.</summary>
/// <param name="layout">The ports.</param>
/// <param name="capacity">The most images of a pass.</param>
internal sealed class TrainerInputs(TrainerLayout layout, int capacity)
{
    private float[] _taken = [];

    /// <summary>The images of the inputs that came one by one; 0 before the first is known.</summary>
    public int TakenImages { get; private set; }

    /// <summary>The inputs that came one by one, one after the other.</summary>
    public ReadOnlySpan<float> Taken => _taken.AsSpan(0, TakenImages * layout.InputLength);

    /// <summary>Checks inputs that came together.</summary>
    /// <returns>How many images they are.</returns>
    public int Check(ReadOnlySpan<float> inputs)
    {
        int images = InputCheck.Images(inputs, layout.InputLength, capacity);
        CheckBatch(images, nameof(inputs));
        int start = 0;
        for (int port = 0; port < layout.InputLengths.Length; port++)
        {
            int length = images * layout.InputLengths[port];
            InputCheck.Finite(inputs.Slice(start, length), layout.InputLengths[port], layout.InputNames[port]);
            start += length;
        }

        return images;
    }

    /// <summary>Checks one input and the number of its images, which the first one sets.</summary>
    /// <param name="port">Which.</param>
    /// <param name="given">How many numbers came.</param>
    /// <param name="name">What the caller's argument is called.</param>
    /// <returns>Where they belong.</returns>
    public Span<float> Take(int port, int given, string name)
    {
        int length = layout.InputLengths[port];
        if (port == 0)
        {
            TakenImages = 0;
            int images = given / length;
            if (images * length != given || images == 0 || images > capacity)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture,
                        $"{CountFormat.Of(given, "number was", "numbers were")} given; needed are {length} for each image, "
                        + $"and {(capacity == 1 ? "1 image" : FormattableString.Invariant($"1 to {capacity} images"))} (the batch size)."),
                    name);
            }

            CheckBatch(images, name);
            TakenImages = images;
        }
        else if (given != TakenImages * length)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{CountFormat.Of(given, "number was", "numbers were")} given; expected are {TakenImages * length}, {length} for each of the "
                    + $"{CountFormat.Of(TakenImages, "image")} of the inputs before."),
                name);
        }

        if (_taken.Length == 0)
            _taken = new float[(long)layout.InputLength * capacity];
        int start = 0;
        for (int before = 0; before < port; before++)
            start += layout.InputLengths[before];
        return _taken.AsSpan(start * TakenImages, given);
    }

    private void CheckBatch(int images, string name)
    {
        if (images < layout.SmallestBatch)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{images} input was given, but BatchNorm on a flat vector needs at least {layout.SmallestBatch}: one value a channel has no variance."),
                name);
        }
    }
}
