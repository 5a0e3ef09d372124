using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Cnn.Zoo.Tests;

/// <summary>
/// Accumulators live in registers: in the machine code of every kernel of MobileNetV2 and ResNet-20, the innermost loops touch no vector on the stack and
/// call nothing. The JIT gives up both without a word when a method is too large for it or a tile has one row too many.
/// </summary>
public sealed partial class RegisterTests
{
    [Theory]
    [InlineData(InstructionSet.Avx512, nameof(RunTests.MobileNetV2_runs))]
    [InlineData(InstructionSet.Avx2, nameof(RunTests.MobileNetV2_runs))]
    [InlineData(InstructionSet.Neon, nameof(RunTests.MobileNetV2_runs))]
    [InlineData(InstructionSet.Avx512, nameof(RunTests.ResNet20_learns))]
    [InlineData(InstructionSet.Avx2, nameof(RunTests.ResNet20_learns))]
    public async Task No_innermost_loop_of_a_kernel_spills_or_calls(InstructionSet set, string test)
    {
        if (InstructionSets.Best < set)
            Assert.Skip($"This machine has no {set}.");
        string listing = await Listing(set, test);
        int loops = 0;
        foreach (string kernel in listing.Split("; Assembly listing for method ").Skip(1))
        {
            foreach (string loop in InnermostLoops(kernel).Where(static loop => loop.Contains("vfmadd", StringComparison.Ordinal)))
            {
                loops++;
                Assert.False(Spill().IsMatch(loop), $"{kernel.Split('\n')[0]} spills or calls in its inner loop:\n{loop}");
            }
        }

        Assert.InRange(loops, 20, int.MaxValue);
    }

    [Theory]
    [InlineData("       vmovups  zmm1, zmmword ptr [rsp+0x40]", true)]
    [InlineData("       vfmadd231ps ymm1, ymm2, ymmword ptr [rbp-0x40]", true)]
    [InlineData("       call     [System.Runtime.Intrinsics.Vector512:FusedMultiplyAdd]", true)]
    [InlineData("       vmovups  zmm1, zmmword ptr [rdi+0x40]", false)]
    [InlineData("       mov      rdi, qword ptr [rbp-0x40]", false)]
    public void A_spill_would_be_found(string instruction, bool isSpill)
    {
        string loop = Assert.Single(InnermostLoops($"G_M000_IG02:\n       vfmadd231ps ymm1, ymm2, ymm3\n{instruction}\n       jne      SHORT G_M000_IG02\n"));
        Assert.Equal(isSpill, Spill().IsMatch(loop));
    }

    /// <summary>Blocks that jump to their own start.</summary>
    private static IEnumerable<string> InnermostLoops(string kernel) =>
        Blocks().Matches(kernel).Where(static block => Regex.IsMatch(block.Value, $@"\bj[a-z]+ +(SHORT )?{block.Groups[1].Value}\b"))
            .Select(static block => block.Value);

    /// <summary>The machine code of the kernels that one test of this assembly makes the JIT compile, in a process of its own.</summary>
    private static async Task<string> Listing(InstructionSet set, string test)
    {
        string file = Path.GetTempFileName();
        try
        {
            ProcessStartInfo start = new("dotnet",
                [typeof(RegisterTests).Assembly.Location, "-method", $"{typeof(RunTests).FullName}.{test}"])
            { RedirectStandardOutput = true };
            start.Environment["DOTNET_JitDisasm"] = "*+Kernels*:*";
            start.Environment["DOTNET_JitStdOutFile"] = file;
            start.Environment[InstructionSets.LimitVariable] = set switch
            {
                InstructionSet.Avx512 => "avx512",
                InstructionSet.Avx2 => "avx2",
                _ => "neon",
            };
            using Process process = Process.Start(start)!;
            string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, output);
            return await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"^(G_M\w+):.*\n(?:(?!G_M).*\n)*", RegexOptions.Multiline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"[xyz]mmword ptr \[(rsp|rbp)|[xyz]mm\d+, .*\[(rsp|rbp)|\bcall\b")]
    private static partial Regex Spill();
}
