namespace Cnn.CompilerServices;

/// <summary>A loss that compares each output with its own target.</summary>
internal interface IElementError
{
    /// <summary>The name of the factory of this loss.</summary>
    static abstract string Name { get; }

    /// <summary>Whether it applies a sigmoid to the output itself.</summary>
    static virtual bool ContainsSigmoid => false;

    /// <summary>The loss of one output, and its derivative.</summary>
    /// <param name="output">The output.</param>
    /// <param name="target">What it should be.</param>
    /// <param name="slope">d loss / d output.</param>
    double Evaluate(double output, double target, out double slope);
}
