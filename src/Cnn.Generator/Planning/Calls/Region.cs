namespace Cnn.Generator.Planning;

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
