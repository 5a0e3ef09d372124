namespace Cnn.CompilerServices;

/// <summary>The sums of squares of some parameters and of the direction in which they go.</summary>
/// <param name="Parameters">Σ w².</param>
/// <param name="Direction">Σ u².</param>
internal readonly record struct Norms(double Parameters, double Direction);
