namespace Cnn.Generator.Planning;

/// <summary>Which taps along an axis meet inputs from a position of it: those before and behind meet padding, and zeros change no sum.</summary>
/// <param name="Taps">All of them.</param>
/// <param name="Positions">Positions of the output.</param>
/// <param name="Inputs">Positions of the input.</param>
/// <param name="Padding">From the first tap of the first position to the first input; below 0 where it is one behind that.</param>
/// <param name="Stride">Inputs from one position to the next.</param>
/// <param name="Dilation">Inputs from one tap to the next.</param>
public sealed record TapRange(int Taps, int Positions, int Inputs, int Padding, int Stride, int Dilation)
{
    /// <summary>Less than this part of the taps is not worth loops of variable length.</summary>
    private const double WorthWhile = 0.08;

    /// <summary>Whether so many meet padding that they are left out.</summary>
    public bool Pays => Share(1) <= 1 - WorthWhile;

    /// <summary>From the first position to the first tap that meets an input, rounded up to whole dilations.</summary>
    public int FirstReach => Padding + Dilation - 1;

    /// <summary>The same to the tap behind the last.</summary>
    public int EndReach => Inputs + FirstReach;

    /// <summary>The first tap that meets an input from a position, or from any before it.</summary>
    public int First(int position) => Math.Max(0, FirstReach - (Stride * position)) / Dilation;

    /// <summary>The tap behind the last that meets an input from a position, or from any behind it.</summary>
    public int End(int position) => Math.Min(Taps, Math.Max(0, EndReach - (Stride * position)) / Dilation);

    /// <summary>Whether every position has some.</summary>
    public bool IsNeverEmpty => Enumerable.Range(0, Positions).All(position => First(position) < End(position));

    /// <summary>Tiles of so many positions of which some meets inputs at a tap: those at the tap where they are fewest.</summary>
    public int FewestTiles(int rows) => Enumerable.Range(0, Taps).Min(tap => Enumerable.Range(0, Positions / rows)
        .Count(tile => First((tile * rows) + rows - 1) <= tap && tap < End(tile * rows)));

    /// <summary>The part of all taps that is summed where so many positions are a tile; the last tile overlaps the one before.</summary>
    public double Share(int rows)
    {
        int tiles = (Positions + rows - 1) / rows;
        double summed = Enumerable.Range(0, tiles).Select(tile => Math.Min(tile * rows, Positions - rows))
            .Sum(first => Math.Max(0, End(first) - First(first + rows - 1)));
        return summed / (tiles * Taps);
    }
}
