using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>What Planning must know of the runtime's activations.</summary>
public static class Activations
{
    /// <summary>Whether the derivative is computed from the output, so that the input need not be kept. As the runtime's structs say.</summary>
    public static bool UsesOutput(ActivationKind kind) =>
        kind is ActivationKind.ReLU or ActivationKind.ReLU6 or ActivationKind.LeakyReLU or ActivationKind.Sigmoid or ActivationKind.Tanh;
}
