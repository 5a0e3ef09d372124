namespace Cnn.Runtime.Tests.Isa;

/// <summary>Tests that switch the instruction set of the process: never beside another test.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class InstructionSetCollection
{
    public const string Name = "Instruction sets";
}
