using System.Globalization;

namespace Cnn.CompilerServices;

/// <summary>Where the numbers of several ports are brought together: the ports one after the other, each with the images of the call.</summary>
/// <param name="lengths">Numbers of one image of each port.</param>
/// <param name="capacity">The most images of a call.</param>
internal sealed class PortStage(int[] lengths, int capacity)
{
    private readonly int _total = lengths.Sum();
    private readonly int[] _starts = [.. lengths.Select((_, port) => lengths.Take(port).Sum())];
    private readonly float[] _numbers = new float[(long)lengths.Sum() * capacity];

    /// <summary>The images of the call, or 0 before its first port is known.</summary>
    public int Images { get; private set; }

    public Span<float> Numbers => _numbers.AsSpan(0, _total * Images);

    /// <summary>Begins a call whose number of images follows from its first port.</summary>
    public void Begin() => Images = 0;

    /// <summary>Begins a call of so many images.</summary>
    public void Begin(int images) => Images = images;

    /// <summary>The place of a port's numbers.</summary>
    /// <param name="port">Which.</param>
    /// <param name="given">How many came.</param>
    /// <param name="name">What the caller's argument is called.</param>
    /// <exception cref="ArgumentException">That is no whole number of images, or another one than that of the ports before.</exception>
    public Span<float> Of(int port, int given, string name)
    {
        int length = lengths[port];
        int images = given / length;
        if (Images == 0 && (images * length != given || images < 1 || images > capacity))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{CountFormat.Of(given, "number was", "numbers were")} given; needed are {length} for each image, "
                    + $"and {(capacity == 1 ? "1 image" : FormattableString.Invariant($"1 to {capacity} images"))} (the batch size)."),
                name);
        }

        if (Images == 0)
            Images = images;
        if (given != Images * length)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{CountFormat.Of(given, "number was", "numbers were")} given; expected are {Images * length}, {length} for each of the "
                    + $"{CountFormat.Of(Images, "image", "images")} of the ports before."),
                name);
        }

        return _numbers.AsSpan(_starts[port] * Images, given);
    }
}
