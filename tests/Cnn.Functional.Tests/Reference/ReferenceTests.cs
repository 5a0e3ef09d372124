using Cnn.Functional.Tests.Support;

namespace Cnn.Reference;

public sealed class ReferenceTests
{
    public static TheoryData<string> Cases => [.. ReferenceCases.All.Select(reference => reference.Name)];

    public static TheoryData<string, InstructionSet> CasesAndSets
    {
        get
        {
            TheoryData<string, InstructionSet> data = [];
            foreach (ReferenceCase reference in ReferenceCases.All)
            {
                foreach (InstructionSet set in InstructionSetScope.All)
                    data.Add(reference.Name, set);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(CasesAndSets))]
    public void Outputs_losses_gradients_and_learned_parameters_are_those_of_PyTorch(string name, InstructionSet set)
    {
        ReferenceCase reference = Find(name);
        ReferenceVectors vectors = new(reference);
        using InstructionSetScope scope = new(set);
        foreach ((int threads, bool oneByOne) in new[] { (1, true), (3, false) })
        {
            Dictionary<string, float[]> results = ReferenceRun.Run(reference, vectors, threads, oneByOne);
            Assert.Equal(vectors.Names.Where(IsResult).Order(StringComparer.Ordinal), results.Keys.Order(StringComparer.Ordinal));
            foreach ((string result, float[] values) in results)
                ToleranceOf(result).Check(vectors.Reals(result), values, $"{result} with {threads} threads");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_instruction_set_and_thread_count_gives_the_same_bits(string name)
    {
        if (!System.Runtime.Intrinsics.X86.Fma.IsSupported && !System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported)
            Assert.Skip("Without fused multiply-add in hardware, instruction sets agree within tolerance only.");
        ReferenceCase reference = Find(name);
        ReferenceVectors vectors = new(reference);
        Dictionary<string, float[]>? first = null;
        foreach (InstructionSet set in InstructionSetScope.All)
        {
            using InstructionSetScope scope = new(set);
            foreach ((int threads, bool oneByOne) in new[] { (1, false), (2, true), (3, false) })
            {
                Dictionary<string, float[]> results = ReferenceRun.Run(reference, vectors, threads, oneByOne);
                first ??= results;
                foreach ((string result, float[] values) in results)
                    Tolerance.SameBits(first[result], values, $"{result} on {set} with {threads} threads");
            }
        }
    }

    private static ReferenceCase Find(string name) => ReferenceCases.All.Single(reference => reference.Name == name);

    private static bool IsResult(string name) =>
        name == "losses" || name.StartsWith("output.", StringComparison.Ordinal) || name.StartsWith("grad.", StringComparison.Ordinal)
        || name.StartsWith("after.", StringComparison.Ordinal);

    /// <summary>A loss of a later step depends on updates.</summary>
    private static Tolerance ToleranceOf(string result) => result is "output.eval" or "output.train" ? Tolerance.Pass : Tolerance.Training;
}
