using System.Diagnostics;
using System.Globalization;
using Cnn.Fitting.Tests.Support;

namespace Cnn.Fitting.Tests.Killing;

/// <summary>Trainings that are killed at random moments and started again. CNN_KILLS says how many kills; 5 without it.</summary>
public sealed class KillTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Checkpoints => _folder["checkpoints"];

    private string UpdatesPath => Path.Combine(Checkpoints, Trainee.UpdatesFile);

    private string Result => _folder["result.safetensors"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_training_that_is_killed_again_and_again_ends_in_the_same_bits()
    {
        int kills = int.Parse(Environment.GetEnvironmentVariable("CNN_KILLS") ?? "5", CultureInfo.InvariantCulture);
        long began = Stopwatch.GetTimestamp();
        Assert.True(RunFor(TimeSpan.FromMinutes(5)), "the training that nobody kills ends");
        TimeSpan whole = Stopwatch.GetElapsedTime(began);
        byte[] expected = File.ReadAllBytes(Result);
        StartAnew();
        int seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}; a training takes {whole.TotalSeconds:0.0} s.");
        var random = new Random(seed);
        for (int killed = 0; killed < kills;)
        {
            long before = LatestUpdate();
            if (RunFor(whole * random.NextDouble()))
            {
                Assert.Equal(expected, File.ReadAllBytes(Result));
                StartAnew();
                continue;
            }

            killed++;
            AssertAllFilesAreWhole();
            long done = before + UpdatesOfTheLastProcess();
            Assert.True(done - LatestUpdate() <= Trainee.CheckpointInterval,
                $"{done} updates were done, and the latest checkpoint is of update {LatestUpdate()} (seed {seed})");
        }

        Assert.True(RunFor(TimeSpan.FromMinutes(5)), "the training ends after the last kill");
        Assert.Equal(expected, File.ReadAllBytes(Result));
        Assert.Empty(Directory.GetFiles(Checkpoints, "*.tmp"));
    }

    /// <summary>Runs the training for at most some time.</summary>
    /// <returns>Whether it came to its end; otherwise it was killed.</returns>
    private bool RunFor(TimeSpan time)
    {
        if (Directory.Exists(Checkpoints))
            File.Delete(UpdatesPath);
        string program = Path.ChangeExtension(typeof(KillTests).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);
        using Process process = Process.Start(new ProcessStartInfo(program, [Trainee.Verb, Checkpoints, Result]))!;
        if (!process.WaitForExit(time))
        {
            process.Kill();
            process.WaitForExit();
            return process.ExitCode == 0;
        }

        Assert.Equal(0, process.ExitCode);
        return true;
    }

    private void StartAnew()
    {
        Directory.Delete(Checkpoints, recursive: true);
        File.Delete(Result);
    }

    private string[] Files() => Directory.Exists(Checkpoints) ? Directory.GetFiles(Checkpoints, "*.safetensors") : [];

    private void AssertAllFilesAreWhole()
    {
        foreach (string file in Files())
            TensorFile.Read(file);
    }

    private long LatestUpdate() => Files()
        .Select(file => Path.GetFileNameWithoutExtension(file)!)
        .Where(name => name.StartsWith("checkpoint-", StringComparison.Ordinal))
        .Select(name => long.Parse(name["checkpoint-".Length..], CultureInfo.InvariantCulture))
        .DefaultIfEmpty()
        .Max();

    private long UpdatesOfTheLastProcess()
    {
        var file = new FileInfo(UpdatesPath);
        return file.Exists ? file.Length : 0;
    }
}
