namespace Cnn.Generator.Planning;

/// <summary>What a call gets, and what it does with it.</summary>
/// <param name="Address">Where it lies.</param>
/// <param name="Access">What is done with it.</param>
/// <param name="IsWeight">Whether it is a weight that may be kept in fewer bits.</param>
public sealed record Operand(Address Address, Access Access, bool IsWeight = false)
{
    public bool IsWritten => Access != Access.In;
}
