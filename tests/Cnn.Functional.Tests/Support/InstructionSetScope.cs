namespace Cnn.Functional.Tests.Support;

/// <summary>Runs networks on one instruction set until it is disposed. The choice is the process's, so tests of this project do not run in parallel.</summary>
internal sealed class InstructionSetScope : IDisposable
{
    private readonly int _before = InstructionSets.Selected;

    public InstructionSetScope(InstructionSet set) => InstructionSets.Selected = (int)set;

    /// <summary>All sets that this machine runs or imitates: a 512-bit kernel is split in halves where the hardware has none.</summary>
    public static IReadOnlyList<InstructionSet> All { get; } = Enum.GetValues<InstructionSet>();

    public void Dispose() => InstructionSets.Selected = _before;
}
