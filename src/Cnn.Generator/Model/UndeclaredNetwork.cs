namespace Cnn.Generator.Model;

/// <summary>A class that was meant to be a network, and that is none for the compiler.</summary>
/// <param name="Spec">What it declares, with the reason among its faults.</param>
/// <param name="IsOpen">Whether members can be added to it.</param>
public sealed record UndeclaredNetwork(NetworkSpec Spec, bool IsOpen);
