using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>The map that tiles of 4x4 positions cover: [height][width][pitch] with rows so far apart.</summary>
/// <param name="Height">Positions down; the last tiles may reach over it.</param>
/// <param name="Width">Positions across.</param>
/// <param name="Pitch">Floats of a position, a multiple of 8.</param>
/// <param name="Row">Floats from one row to the next.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct WinogradMap(int Height, int Width, int Pitch, int Row)
{
    internal nint TilesAcross => (Width + WinogradPoints.Outputs - 1) / WinogradPoints.Outputs;
}
