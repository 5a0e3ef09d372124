namespace Cnn.Build.Tests;

/// <summary>Which kernels a project's generator writes, as the package's targets have it.</summary>
public sealed class InstructionSetsTargetsTests : IDisposable
{
    private readonly TargetsProject _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("", "")]
    [InlineData("<RuntimeIdentifier>linux-x64</RuntimeIdentifier>", "")]
    [InlineData("<RuntimeIdentifier>browser-wasm</RuntimeIdentifier>", "wasm,scalar")]
    [InlineData("<RuntimeIdentifier>browser-wasm</RuntimeIdentifier><CnnInstructionSets>scalar</CnnInstructionSets>", "scalar")]
    [InlineData("<CnnInstructionSets>avx2;wasm</CnnInstructionSets>", "avx2,wasm")]
    public void A_program_for_the_browser_gets_what_a_browser_can_run(string properties, string expected) =>
        Assert.Equal(expected, _project.Run($"<PropertyGroup>{properties}</PropertyGroup>", succeeds: true, "-getProperty:CnnInstructionSets").Trim());

    [Fact]
    public void Known_names_pass_the_check() =>
        _project.Run("<PropertyGroup><CnnInstructionSets>avx512,avx2,neon,wasm,scalar</CnnInstructionSets></PropertyGroup>", succeeds: true,
            "-t:CnnCheckInstructionSets");

    [Fact]
    public void An_unknown_name_is_an_error_that_lists_the_known_ones() =>
        Assert.Contains(
            "CnnInstructionSets is 'wasm,simd': it must list some of avx512, avx2, neon, wasm and scalar",
            _project.Run("<PropertyGroup><CnnInstructionSets>wasm,simd</CnnInstructionSets></PropertyGroup>", succeeds: false, "-t:CnnCheckInstructionSets"),
            StringComparison.Ordinal);
}
