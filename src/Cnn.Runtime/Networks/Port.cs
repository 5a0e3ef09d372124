namespace Cnn;

/// <summary>An input or an output of a network.</summary>
/// <param name="Name">As declared; <c>input</c> and <c>output</c> where nothing is.</param>
/// <param name="Shape">Without the batch, as the caller's numbers lie: channels first or last.</param>
/// <param name="Length">Numbers of one image.</param>
/// <param name="Layout">Which of the two.</param>
public sealed record Port(string Name, IReadOnlyList<int> Shape, int Length, DataLayout Layout)
{
    /// <summary>What the caller's numbers are. Default: floats.</summary>
    public PortElement Element { get; init; }

    /// <summary>The layer whose tensor it is, as in <see cref="NetworkSummary.Layers"/>.</summary>
    public required string Layer { get; init; }

    internal ReadOnlySpan<int> ShapeSpan => Shape as int[] ?? [.. Shape];

    /// <summary>As <c>image 64x64x3, channels last</c>.</summary>
    public override string ToString() =>
        $"{Name} {ShapeFormat.Crosses([.. Shape])}{(Layout == DataLayout.ChannelsLast ? ", channels last" : string.Empty)}";
}
