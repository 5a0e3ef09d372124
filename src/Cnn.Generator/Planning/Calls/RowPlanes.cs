namespace Cnn.Generator.Planning;

/// <summary>The caller's planes, from which a row comes into channels-last order when it is read.</summary>
/// <param name="Channels">How many.</param>
/// <param name="Width">Positions of a row.</param>
/// <param name="Plane">Floats of each.</param>
public sealed record RowPlanes(int Channels, int Width, int Plane);
