using System.Diagnostics;
using System.Runtime.Intrinsics.X86;
using Cnn.Property.Tests.Drawing;
using Cnn.Property.Tests.Runs;

namespace Cnn.Property.Tests;

/// <summary>Machines without fused multiply-add round once more. A process that is told to have none stands for them.</summary>
public sealed class WithoutFusedMultiplyAddTests
{
    /// <summary>The runtime has one switch for AVX2, FMA and what came with them.</summary>
    private const string Switch = "DOTNET_EnableAVX2";

    private const int Networks = 20;

    [Fact]
    public async Task Networks_agree_with_the_oracle_within_tolerance()
    {
        if (!Fma.IsSupported)
            Assert.Skip("This machine is no x64 with fused multiply-add, so there is nothing to switch off.");
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList =
            {
                typeof(WithoutFusedMultiplyAddTests).Assembly.Location, "-class", typeof(WithoutFusedMultiplyAddTests).FullName!,
                "-explicit", "only", "-noColor"
            },
            Environment = { [Switch] = "0" },
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} does not start.");
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Total: 2, Errors: 0, Failed: 0, Skipped: 0, Not Run: 1", output);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact(Explicit = true)]
    public void A_process_without_it_agrees()
    {
        Assert.False(Fma.IsSupported, $"This test is for a process with {Switch}=0.");
        Assert.False(Agreement.IsFused);
        for (int index = 0; index < Networks; index++)
        {
            (NetworkCase drawn, Func<INetwork> create) = RandomNetworks.Get(index);
            Agreement.Check(drawn, create);
        }
    }
}
