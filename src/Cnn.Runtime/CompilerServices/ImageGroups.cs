using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>
/// A worker's part of sums over images, for loops with <see langword="foreach"/>. The images are summed in groups, whose sums are added afterwards: so many
/// workers have work even where a layer has few units. Groups depend on the number of images alone, so that workers change no bit.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ImageGroups
{
    private readonly int _images;
    private readonly int _units;
    private readonly int _groups;
    private readonly int _to;
    private int _at;

    /// <summary>The part of a worker.</summary>
    /// <param name="worker">Whose.</param>
    /// <param name="images">Images of the pass.</param>
    /// <param name="units">Units of the layer.</param>
    /// <param name="groups">Groups of the layer; as many as images where these are fewer.</param>
    public ImageGroups(in Worker worker, int images, int units, int groups)
    {
        _images = images;
        _units = units;
        _groups = Math.Min(images, groups);
        worker.Range(units * _groups, out _at, out _to);
    }

    /// <summary>The units of one group.</summary>
    public ImageGroup Current { get; private set; }

    /// <summary>This.</summary>
    public readonly ImageGroups GetEnumerator() => this;

    /// <summary>Goes to the next group of which the worker has units.</summary>
    public bool MoveNext()
    {
        if (_at >= _to)
            return false;
        int index = _at / _units;
        int first = index * _units;
        int end = Math.Min(_to, first + _units);
        Current = new ImageGroup
        {
            Index = index,
            First = (int)((long)index * _images / _groups),
            End = (int)((index + 1L) * _images / _groups),
            FromUnit = _at - first,
            ToUnit = end - first,
        };
        _at = end;
        return true;
    }
}
