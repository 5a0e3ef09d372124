namespace Cnn.Runtime.Tests.Isa;

public sealed class InstructionSetsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_limit_the_best_set_runs(string? limit)
        => Assert.Equal(InstructionSets.Best, InstructionSets.Select(limit));

    [Theory]
    [InlineData("scalar", InstructionSet.Scalar)]
    [InlineData("wasm", InstructionSet.Wasm)]
    [InlineData("neon", InstructionSet.Neon)]
    [InlineData("avx2", InstructionSet.Avx2)]
    [InlineData("avx512", InstructionSet.Avx512)]
    public void A_limit_caps_the_set_and_never_raises_it_above_the_machine(string limit, InstructionSet cap)
        => Assert.Equal((InstructionSet)Math.Min((int)cap, (int)InstructionSets.Best), InstructionSets.Select(limit));

    [Theory]
    [InlineData("AVX2")]
    [InlineData("sse")]
    [InlineData(" avx2")]
    public void An_unknown_limit_is_refused_with_the_names_of_all(string limit)
    {
        string message = Assert.Throws<InvalidOperationException>(() => InstructionSets.Select(limit)).Message;
        Assert.All(new[] { $"'{limit}'", "CNN_MAX_ISA", "avx512", "avx2", "neon", "wasm", "scalar" }, part => Assert.Contains(part, message));
    }
}
