namespace Cnn.CompilerServices;

/// <summary>A block of a packed weight: rows of lanes, each lane an output channel.</summary>
/// <param name="Offset">Where it starts, in floats.</param>
/// <param name="Count">Its elements.</param>
/// <param name="Lanes">Elements of a row.</param>
internal readonly record struct PackedMatrix(int Offset, int Count, int Lanes);
