using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>One tile after the other: along a row of tiles, then down, then on to the next image.</summary>
internal struct WinogradTile
{
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
        _right = tile % _across;
        _down = tile / _across % _allDown;
        _image = tile / _across / _allDown;
    }

    /// <summary>Floats to the first position.</summary>
    public readonly nint Corner => (_image * _map.Image) + (_down * _map.Outputs * _map.Row) + (_right * _map.Outputs * _map.Pitch);

    /// <summary>Rows of the tile that the map has.</summary>
    public readonly nint Rows => nint.Min(_map.Outputs, _map.Height - (_down * _map.Outputs));

    /// <summary>Columns of the tile that the map has.</summary>
    public readonly nint Columns => nint.Min(_map.Outputs, _map.Width - (_right * _map.Outputs));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Next()
    {
        if (++_right < _across)
            return;
        _right = 0;
        if (++_down < _allDown)
            return;
        _down = 0;
        _image++;
    }
}
