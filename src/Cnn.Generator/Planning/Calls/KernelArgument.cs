using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>An argument of a runtime kernel.</summary>
public abstract record KernelArgument
{
    private protected KernelArgument()
    {
    }
}

/// <summary>One of the step's operands, so many floats ahead for each index of the loops around the call.</summary>
/// <param name="Operand">Its number among the operands.</param>
/// <param name="Strides">One for each loop; none for an operand that stands still.</param>
public sealed record OperandArgument(int Operand, EquatableArray<int> Strides) : KernelArgument;

public sealed record NumberArgument(int Value) : KernelArgument;

public sealed record RealArgument(float Value) : KernelArgument;

public sealed record FlagArgument(bool Value) : KernelArgument;

/// <summary>A number that is known when the step runs.</summary>
public sealed record RunArgument(RunNumbers Number) : KernelArgument;

/// <summary>One over the images times a number.</summary>
public sealed record ReciprocalArgument(int Count) : KernelArgument;

/// <summary>The image's number times a number.</summary>
public sealed record ImageMultipleArgument(int Count) : KernelArgument;

/// <summary>A list of numbers.</summary>
public sealed record NumbersArgument(EquatableArray<int> Values) : KernelArgument;

/// <summary>A reference to numbers in the program's data.</summary>
public sealed record ConstantsArgument(EquatableArray<float> Values) : KernelArgument;

/// <summary>An activation with its settings.</summary>
public sealed record ActivationArgument(ActivationSpec Activation) : KernelArgument;

/// <summary>An operation without settings, by the runtime's struct.</summary>
public sealed record OperationArgument(string Struct) : KernelArgument;

/// <summary>What is done to finished sums.</summary>
public sealed record EpilogueArgument(Epilogue Epilogue) : KernelArgument;

/// <summary>The map that Winograd's tiles cover.</summary>
/// <param name="Height">Positions down.</param>
/// <param name="Width">Positions across.</param>
/// <param name="Pitch">Floats of a position.</param>
/// <param name="Row">Floats from one row to the next.</param>
/// <param name="Image">Floats from one image to the next, where tiles run over several; else 0.</param>
/// <param name="Outputs">Positions of a tile along an axis.</param>
public sealed record WinogradMapArgument(int Height, int Width, int Pitch, int Row, int Image, int Outputs) : KernelArgument;

/// <summary>How a weight is packed.</summary>
public sealed record PackingArgument(WeightLayout Layout) : KernelArgument;

/// <summary>A number of the loops around the call, until they are known.</summary>
internal sealed record LoopArgument(LoopNumber Number) : KernelArgument;

internal enum LoopNumber
{
    /// <summary>Floats that are contiguous in all moving operands.</summary>
    Run,

    /// <summary>Positions of those floats.</summary>
    Positions,

    /// <summary>Floats of a position.</summary>
    Pitch,
}
