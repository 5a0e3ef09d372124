namespace Cnn.Property.Tests.Oracle;

/// <summary>The shape of one image's feature map: channels, and none to three axes. Without axes the channels are features.</summary>
internal sealed class MapShape(int channels, params int[] axes)
{
    public const int MostAxes = 3;

    public int Channels => channels;

    public IReadOnlyList<int> Axes => axes;

    public int Rank => axes.Length;

    /// <summary>Elements of one channel.</summary>
    public int Positions { get; } = axes.Aggregate(1, (product, length) => product * length);

    public int Length => channels * Positions;

    /// <summary>The channels, and then the axes.</summary>
    public int[] Lengths => [channels, .. axes];

    /// <summary>The length along one of three axes: those that the shape lacks come first and have length 1.</summary>
    public int Lifted(int axis) => axis < MostAxes - axes.Length ? 1 : axes[axis - MostAxes + axes.Length];

    public bool HasSameAxes(MapShape other) => axes.AsSpan().SequenceEqual(other.Axes.ToArray());

    public bool IsSame(MapShape other) => channels == other.Channels && HasSameAxes(other);

    public MapShape WithChannels(int count) => new(count, axes);

    public MapShape WithAxes(params int[] lengths) => new(channels, lengths);

    /// <summary>Of the channels, and then the axes.</summary>
    public static MapShape Of(int[] lengths) => new(lengths[0], lengths[1..]);

    public override string ToString() => string.Join("x", [channels, .. axes]);
}
