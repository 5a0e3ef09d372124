using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>The map that tiles of 4x4 positions cover: [image][height][width][pitch] with rows and images so far apart.</summary>
/// <param name="Height">Positions down; the last tiles may reach over it.</param>
/// <param name="Width">Positions across.</param>
/// <param name="Pitch">Floats of a position, a multiple of 8.</param>
/// <param name="Row">Floats from one row to the next.</param>
/// <param name="Image">Floats from one image to the next, where tiles of several images are one run; 0 for one image.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct WinogradMap(int Height, int Width, int Pitch, int Row, int Image = 0)
{
    internal nint TilesAcross => (Width + WinogradPoints.Outputs - 1) / WinogradPoints.Outputs;

    internal nint TilesDown => (Height + WinogradPoints.Outputs - 1) / WinogradPoints.Outputs;
}
