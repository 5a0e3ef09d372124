using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>The map that tiles of so many positions cover: [image][height][width][pitch] with rows and images so far apart.</summary>
/// <param name="Height">Positions down; the last tiles may reach over it.</param>
/// <param name="Width">Positions across.</param>
/// <param name="Pitch">Floats of a position, a multiple of 8.</param>
/// <param name="Row">Floats from one row to the next.</param>
/// <param name="Image">Floats from one image to the next, where tiles of several images are one run; 0 for one image.</param>
/// <param name="Outputs">Positions of a tile along an axis: 4 for 3x3 kernels, 2 for 5x5 kernels.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct WinogradMap(int Height, int Width, int Pitch, int Row, int Image = 0, int Outputs = 4)
{
    internal nint TilesAcross => (nint)((uint)(Width + Outputs - 1) / (uint)Outputs);

    internal nint TilesDown => (nint)((uint)(Height + Outputs - 1) / (uint)Outputs);
}
