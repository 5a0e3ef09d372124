namespace Cnn.Generator.Planning;

/// <summary>Where an operand lies.</summary>
/// <param name="Region">In which memory.</param>
/// <param name="Tensor">Which tensor, in a tensor region.</param>
/// <param name="Offset">Floats from its start.</param>
/// <param name="Skipped">Floats to skip of what is planned there.</param>
public sealed record Address(Region Region, int Tensor, int Offset, int Skipped = 0)
{
    /// <summary>The start of a tensor, or so many floats behind it.</summary>
    public static Address Of(int tensor, int offset = 0) => new(Region.Tensor, tensor, offset);

    /// <summary>So many floats further.</summary>
    public Address Ahead(int floats) => Region == Region.Tensor ? this with { Offset = Offset + floats } : this with { Skipped = Skipped + floats };
}

/// <summary>The memories that a call may refer to.</summary>
public enum Region
{
    /// <summary>A tensor of the schedule.</summary>
    Tensor,

    /// <summary>A trainer's trainable parameters, or a predictor's packed ones.</summary>
    Parameters,

    /// <summary>A trainer's other parameters.</summary>
    Others,

    Gradients,

    Derived,

    /// <summary>The image as the user gave it.</summary>
    UserInput,

    /// <summary>The outputs as the user gets them.</summary>
    UserOutput,

    /// <summary>The gradient of the loss with respect to the outputs, in the user's order.</summary>
    OutputGradient,

    /// <summary>The gradient with respect to the inputs, in the user's order.</summary>
    InputGradient,
}
