namespace Cnn.Definitions;

/// <summary>The operator of ONNX that is the same function, with the numbers as its attributes.</summary>
/// <param name="Name">As models spell it.</param>
/// <param name="Since">The first opset that has it in the form that is read.</param>
internal sealed record OnnxOperator(string Name, int Since);
