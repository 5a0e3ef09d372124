using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>
/// A worker's part of a product whose rows are images, for loops with <see langword="foreach"/>: whole units as far as they go, and of the units at its ends
/// runs of images. Each row is computed as it would be alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct UnitRuns
{
    /// <summary>Images of a run: enough to fill a tile of rows, so that the weights are not read image by image.</summary>
    private const int Run = 16;

    private readonly int _images;
    private readonly int _runs;
    private readonly int _to;
    private int _at;

    /// <summary>The part of a worker.</summary>
    /// <param name="worker">Whose.</param>
    /// <param name="images">Images of the pass.</param>
    /// <param name="units">Units of the layer.</param>
    public UnitRuns(in Worker worker, int images, int units)
    {
        _images = images;
        _runs = (images + Run - 1) / Run;
        worker.Range(units * _runs, out _at, out _to);
    }

    /// <summary>What is done in one call.</summary>
    public UnitRun Current { get; private set; }

    /// <summary>This.</summary>
    public readonly UnitRuns GetEnumerator() => this;

    /// <summary>Goes on to the next call.</summary>
    public bool MoveNext()
    {
        if (_at >= _to)
            return false;
        int unit = _at / _runs, run = _at % _runs;
        if (run == 0 && _to - _at >= _runs)
        {
            int units = (_to - _at) / _runs;
            Current = new UnitRun { FirstImage = 0, Images = _images, FromUnit = unit, ToUnit = unit + units };
            _at += units * _runs;
            return true;
        }

        int end = Math.Min(_runs, run + _to - _at);
        Current = new UnitRun { FirstImage = run * Run, Images = Math.Min(_images, end * Run) - (run * Run), FromUnit = unit, ToUnit = unit + 1 };
        _at += end - run;
        return true;
    }
}
