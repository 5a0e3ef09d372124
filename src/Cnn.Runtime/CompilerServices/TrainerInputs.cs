using System.Globalization;

namespace Cnn.CompilerServices;

/// <summary>The inputs of a trainer: their checks, and where they are brought together when they come one by one.</summary>
/// <param name="layout">The ports.</param>
/// <param name="capacity">The most images of a call.</param>
/// <param name="division">The micro-batches of a call.</param>
internal sealed class TrainerInputs(TrainerLayout layout, int capacity, BatchDivision division)
{
    /// <summary>Made with the first inputs that come one by one: most trainers never get any.</summary>
    private PortStage? _stage;

    /// <summary>The images of the inputs that came one by one; 0 before the first is known.</summary>
    public int TakenImages => _stage?.Images ?? 0;

    /// <summary>The inputs that came one by one, one after the other.</summary>
    public ReadOnlySpan<float> Taken => _stage is null ? default : _stage.Numbers;

    /// <summary>Checks inputs that came together.</summary>
    /// <returns>How many images they are; where ranks share a batch, one of them may have none.</returns>
    public int Check(ReadOnlySpan<float> inputs)
    {
        if (inputs.IsEmpty && division.Ranks is not null)
            return 0;
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
        _stage ??= new PortStage(layout.InputLengths, capacity);
        if (port == 0)
            _stage.Begin();
        Span<float> place = _stage.Of(port, given, name);
        CheckBatch(TakenImages, name);
        return place;
    }

    private void CheckBatch(int images, string name)
    {
        int microBatch = division.MicroBatch;
        int last = images % microBatch;
        if (images >= layout.SmallestBatch && (last == 0 || last >= layout.SmallestBatch) && microBatch >= layout.SmallestBatch)
            return;
        string found = images <= microBatch
            ? string.Create(CultureInfo.InvariantCulture, $"{CountFormat.Of(images, "input was", "inputs were")} given")
            : string.Create(CultureInfo.InvariantCulture,
                $"{CountFormat.Of(images, "input was", "inputs were")} given, in micro-batches of {microBatch}, the last of which is a single one");
        throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture,
                $"{found}, but BatchNorm on a flat vector needs at least {layout.SmallestBatch}: one value a channel has no variance."),
            name);
    }
}
