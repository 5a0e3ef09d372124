namespace Cnn.Generator.Planning;

/// <summary>What a call gets, and what it does with it.</summary>
public sealed record Operand(Address Address, Access Access)
{
    public bool IsWritten => Access != Access.In;
}
