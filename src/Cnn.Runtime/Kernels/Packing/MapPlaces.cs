namespace Cnn.CompilerServices;

/// <summary>Where the positions of a map lie.</summary>
/// <param name="PositionsPerRow">Positions in a row: the width.</param>
/// <param name="Pitch">Floats of one position.</param>
/// <param name="RowStride">Floats from one row to the next.</param>
internal readonly record struct MapPlaces(nint PositionsPerRow, nint Pitch, nint RowStride)
{
    /// <summary>Writes where some positions begin, in floats from the first of all.</summary>
    /// <param name="places">Receives them.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    public void Fill(Span<int> places, nint first, int count)
    {
        nint row = first / PositionsPerRow, position = first - (row * PositionsPerRow);
        for (int done = 0; done < count; position = 0, row++)
        {
            int run = (int)nint.Min(PositionsPerRow - position, count - done);
            int place = (int)((row * RowStride) + (position * Pitch));
            for (int index = done; index < done + run; index++, place += (int)Pitch)
                places[index] = place;
            done += run;
        }
    }
}
