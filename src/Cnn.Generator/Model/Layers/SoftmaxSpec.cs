namespace Cnn.Generator.Model;

public sealed record SoftmaxSpec : LayerSpec
{
    public override string Kind => Logarithm ? "LogSoftmax" : "Softmax";

    public bool Logarithm { get; init; }
}

internal sealed class SoftmaxFactory() : SpecFactory("Softmax", "LogSoftmax")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new SoftmaxSpec { Logarithm = kind == "LogSoftmax" };
}
