using System.Globalization;
using Cnn.Distributed.Tests.Support;

namespace Cnn.Distributed.Tests;

/// <summary>Ranks over the real libraries.</summary>
public sealed class MpiTrainingTests
{
    public static TheoryData<string, int> Runs => new MatrixTheoryData<string, int>(Names, [1, 2, 3, 4]);

    public static TheoryData<string, string> Faults => new MatrixTheoryData<string, string>(Names, ["throw", "thread"]);

    public static TheoryData<string> Launchers => [.. Names];

    private static IEnumerable<string> Names => MpiLauncher.All.Select(static launcher => launcher.Name);

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_training_gives_the_bits_of_one_process(string name, int processes)
    {
        MpiLauncher launcher = Installed(name);
        MpiOutcome alone = MpiLauncher.RunAlone("train");
        Assert.Equal(0, alone.ExitCode);
        MpiOutcome together = launcher.Run(processes, "train");
        Assert.True(together.ExitCode == 0, together.Errors);
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{alone.Output.Split(' ')[0]} {processes}"), together.Output);
    }

    [Theory]
    [MemberData(nameof(Launchers))]
    public void Ranks_exchange_collect_and_broadcast(string name)
    {
        MpiOutcome outcome = Installed(name).Run(3, "collectives");
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        Assert.Equal(
            ["0/3 on 3: 4.5 3 7 [0 10 20] [0 1 2]", "1/3 on 3: 4.5 3 7 [1 11 21] [0 1 2]", "2/3 on 3: 4.5 3 7 [2 12 22] [0 1 2]"],
            outcome.Output.Split('\n').Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Launchers))]
    public void A_rank_that_sleeps_is_waited_for(string name)
    {
        MpiOutcome outcome = Installed(name).Run(2, "sleep");
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        Assert.Equal(MpiLauncher.RunAlone("train").Output.Split(' ')[0] + " 2", outcome.Output);
    }

    /// <summary>On its way out of an asynchronous method, which disposes first; and where nothing is disposed any more.</summary>
    [Theory]
    [MemberData(nameof(Faults))]
    public void An_exception_on_one_rank_ends_all_with_one_message(string name, string fault)
    {
        MpiOutcome outcome = Installed(name).Run(3, fault);
        Assert.Equal(MpiRun.AbortCode, outcome.ExitCode);
        const string Message = "Rank 2 of 3 failed, and all ranks end: System.InvalidOperationException: A fault on purpose.";
        Assert.Contains(Message, outcome.Errors, StringComparison.Ordinal);
        Assert.Equal(1, outcome.Errors.Split("failed, and all ranks end").Length - 1);
        Assert.True(outcome.Time < TimeSpan.FromSeconds(30), $"It took {outcome.Time}.");
    }

    [Theory]
    [MemberData(nameof(Launchers))]
    public void A_rank_that_is_killed_ends_all(string name)
    {
        MpiOutcome outcome = Installed(name).Run(3, "die");
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.DoesNotContain(MpiLauncher.RunAlone("train").Output.Split(' ')[0], outcome.Output, StringComparison.Ordinal);
        Assert.True(outcome.Time < TimeSpan.FromSeconds(30), $"It took {outcome.Time}.");
    }

    [Theory]
    [MemberData(nameof(Launchers))]
    public void Null_references_are_exceptions_still(string name)
    {
        MpiOutcome outcome = Installed(name).Run(2, "null");
        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        Assert.Equal("caught on 2", outcome.Output);
    }

    [Fact]
    public void The_library_of_another_launcher_is_refused()
    {
        MpiLauncher.Mpich.Require();
        MpiOutcome outcome = Installed("Open MPI").Run(2, "train", ("CNN_MPI_LIBRARY", "libmpich.so.12"));
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("Open MPI's mpirun started 2 processes, and MPICH", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("the library belongs to another launcher", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_library_names_the_packages()
    {
        MpiOutcome outcome = MpiLauncher.RunAlone("train", ("OMPI_COMM_WORLD_SIZE", "2"), ("CNN_MPI_LIBRARY", "libmpi-that-is-not-there.so"));
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("none of its libraries was found: libmpi-that-is-not-there.so. Install Open MPI (Debian and Ubuntu: openmpi-bin", outcome.Errors,
            StringComparison.Ordinal);
    }

    private static MpiLauncher Installed(string name)
    {
        MpiLauncher launcher = MpiLauncher.All.Single(launcher => launcher.Name == name);
        launcher.Require();
        return launcher;
    }
}
