using Cnn.Tool.Importing;

namespace Cnn.Tool.Writing.Blocks;

/// <summary>Neighbouring layers that read one value and of which one, the last, is read: what a block can stand for.</summary>
/// <param name="Begin">The place of the first layer.</param>
/// <param name="End">One past the place of the last.</param>
/// <param name="Entry">What the layers read.</param>
/// <param name="Body">The layers in their order, without those of a shortcut.</param>
/// <param name="Shortcut">The sum that adds the entry, if there is one.</param>
internal sealed record Segment(int Begin, int End, Layer Entry, IReadOnlyList<Layer> Body, Shortcut? Shortcut)
{
    public Layer Exit => Body[^1];

    /// <summary>Whether the sum is the last layer and adds the entry as it is, so that a block may leave it out where shapes differ.</summary>
    public bool EndsWithPlainSum => Shortcut is { Projection: null } shortcut && shortcut.Sum == Exit;

    /// <summary>Makes a segment of a range of layers that has one entry and one exit.</summary>
    public static Segment Of(IReadOnlyList<Layer> order, int begin, int end, Layer entry)
    {
        Layer[] layers = [.. order.Skip(begin).Take(end - begin)];
        Shortcut? shortcut = Shortcut.Find(layers, entry);
        IReadOnlyList<Layer> body = shortcut?.Projection is null ? layers : [.. layers.Where(layer => layer != shortcut.Projection && layer != shortcut.Norm)];
        return new Segment(begin, end, entry, body, shortcut);
    }
}
