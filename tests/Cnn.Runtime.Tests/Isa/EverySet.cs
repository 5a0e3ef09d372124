namespace Cnn.Runtime.Tests.Isa;

/// <summary>Runs a computation on every instruction set that this process can run, and holds that they agree to the bit.</summary>
/// <remarks>The 512-bit text runs without the hardware too, split in halves. Where the machine lacks AVX2 the ladder falls to the 128-bit text.</remarks>
internal static class EverySet
{
    public static readonly InstructionSet[] All = Enum.GetValues<InstructionSet>();

    /// <summary>The result of the scalar set, after all others gave the same.</summary>
    public static float[] Run(Func<float[]> compute)
    {
        float[] expected = On(InstructionSet.Scalar, compute);
        foreach (InstructionSet set in All)
            Tolerance.SameOrder(expected, On(set, compute), set.ToString());
        return expected;
    }

    public static T On<T>(InstructionSet set, Func<T> compute)
    {
        int before = InstructionSets.Selected;
        InstructionSets.Selected = (int)set;
        try
        {
            return compute();
        }
        finally
        {
            InstructionSets.Selected = before;
        }
    }
}
