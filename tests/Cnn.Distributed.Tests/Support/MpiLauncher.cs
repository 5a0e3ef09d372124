using System.Diagnostics;
using System.Globalization;

namespace Cnn.Distributed.Tests.Support;

/// <summary>An mpirun of this machine.</summary>
/// <param name="Name">The family.</param>
/// <param name="Program">Debian's name of its mpirun.</param>
/// <param name="Arguments">What lets it run as root, and more processes than there are cores.</param>
public sealed record MpiLauncher(string Name, string Program, string[] Arguments)
{
    public static MpiLauncher OpenMpi { get; } = new("Open MPI", "mpirun.openmpi", ["--allow-run-as-root", "--oversubscribe"]);

    public static MpiLauncher Mpich { get; } = new("MPICH", "mpirun.mpich", []);

    public static IReadOnlyList<MpiLauncher> All { get; } = [OpenMpi, Mpich];

    /// <summary>The program that they start: this one.</summary>
    public static string Rank => Path.ChangeExtension(typeof(MpiLauncher).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);

    /// <summary>Skips the test where the launcher is not installed.</summary>
    public void Require() => Assert.SkipUnless(
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, Program))),
        $"{Name} is not installed: run tests/Cnn.Distributed.Tests/install-mpi, or on Debian and Ubuntu 'apt-get install openmpi-bin mpich'.");

    /// <summary>Starts ranks, and waits for their end.</summary>
    /// <param name="processes">How many.</param>
    /// <param name="what">What each does.</param>
    /// <param name="environment">Variables to set for them.</param>
    public MpiOutcome Run(int processes, string what, params (string Name, string Value)[] environment) =>
        Start(Program, [.. Arguments, "-n", processes.ToString(CultureInfo.InvariantCulture), Rank, RankProgram.Verb, what], environment);

    /// <summary>The program without a launcher.</summary>
    public static MpiOutcome RunAlone(string what, params (string Name, string Value)[] environment) => Start(Rank, [RankProgram.Verb, what], environment);

    private static MpiOutcome Start(string program, string[] arguments, (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Open MPI gives ranks a terminal, and .NET greets one in its own way.
        start.Environment["TERM"] = "dumb";
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (!process.WaitForExit(TimeSpan.FromSeconds(40)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end in 40 seconds.");
        }

        process.WaitForExit();
        return new MpiOutcome(process.ExitCode, output.Result.Trim(), errors.Result, Stopwatch.GetElapsedTime(began));
    }
}

/// <summary>What came of starting ranks.</summary>
public sealed record MpiOutcome(int ExitCode, string Output, string Errors, TimeSpan Time);
