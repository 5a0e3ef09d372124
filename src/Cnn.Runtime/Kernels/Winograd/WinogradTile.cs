using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>One tile after the other: along a row of tiles, then down, then on to the next image.</summary>
internal struct WinogradTile
{
    private const int LineFloats = 16;

    private readonly WinogradMap _map;
    private readonly nint _across;
    private readonly nint _allDown;
    private nint _image;
    private nint _down;
    private nint _right;

    /// <summary>Starts at a tile, counted over all images.</summary>
    public WinogradTile(WinogradMap map, nint tile)
    {
        _map = map;
        _across = map.TilesAcross;
        _allDown = map.TilesDown;

        // In 32 bits: a short strip would spend a tenth of its time on 64-bit divisions.
        (uint row, uint right) = Math.DivRem((uint)tile, (uint)_across);
        (uint image, uint down) = Math.DivRem(row, (uint)_allDown);
        (_image, _down, _right) = ((nint)image, (nint)down, (nint)right);
    }

    /// <summary>Floats to the first position.</summary>
    public readonly nint Corner => CornerOf(_map);

    /// <summary>Floats to the first position in a map of as many positions that lies in another way.</summary>
    public readonly nint CornerOf(WinogradMap map) =>
        (_image * map.Image) + (_down * map.Outputs * map.Row) + (_right * map.Outputs * map.Pitch);

    /// <summary>Rows of the tile that the map has.</summary>
    public readonly nint Rows => nint.Min(_map.Outputs, _map.Height - (_down * _map.Outputs));

    /// <summary>Columns of the map from the tile on.</summary>
    public readonly nint ColumnsFromHere => _map.Width - (_right * _map.Outputs);

    /// <summary>
    /// Tiles side by side that a kernel works on before it goes on to the next channels: from here to the end of the row, at most
    /// <paramref name="most"/>. Where a cache line is several vectors it is one tile, so that the line is still near for the others.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly nint Run<TSimd, TVector>(nint most)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => TSimd.Lanes < LineFloats ? 1 : nint.Min(most, _across - _right);

    /// <summary>Goes on by so many tiles, to the next row at most.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(nint tiles)
    {
        _right += tiles;
        if (_right < _across)
            return;
        _right = 0;
        if (++_down < _allDown)
            return;
        _down = 0;
        _image++;
    }
}
