namespace Cnn.Generator.Planning;

/// <summary>What a step method takes: what it calls it, and what it does with it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Access">What is done with it.</param>
/// <param name="IsWeight">Whether it is a layer's weight, which a predictor may keep in fewer bits; else it is a reference to floats.</param>
public sealed record StepOperand(string Name, Access Access, bool IsWeight = false);
