namespace Cnn.Generator.Planning;

/// <summary>A reference that a step method takes: what it calls it, and what it does with it.</summary>
public sealed record StepOperand(string Name, Access Access);
