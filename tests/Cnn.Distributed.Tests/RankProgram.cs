using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Cnn.Distributed.Tests;

/// <summary>What mpirun starts: a rank that trains, or that falls into one of the traps.</summary>
internal static class RankProgram
{
    public const string Verb = "rank";
    private const int Images = 24;
    private const int MicroBatch = 4;
    private const int Steps = 12;

    public static int Run(string[] args)
    {
        using MpiRun run = MpiRun.Start();
        switch (args[0])
        {
            case "train":
                Train(run, static (_, _) => { });
                break;
            case "sleep":
                Train(run, static (run, step) => Thread.Sleep(run.Rank == run.Count - 1 && step == 3 ? 2000 : 0));
                break;
            case "throw":
                Train(run, static (run, step) => ThrowAt(run.Rank == run.Count - 1 && step == 3));
                break;
            case "thread":
                Train(run, static (run, step) => ThrowOnAThreadAt(run.Rank == run.Count - 1 && step == 3));
                break;
            case "die":
                Train(run, static (run, step) => DieAt(run.Rank == run.Count - 1 && step == 3));
                break;
            case "null":
                CatchNull(run);
                break;
            case "collectives":
                Collectives(run);
                break;
            default:
                throw new ArgumentException($"'{args[0]}' is nothing that a rank does.", nameof(args));
        }

        return 0;
    }

    /// <summary>Trains for some steps, and prints a hash of every bit that was learned.</summary>
    private static void Train(MpiRun run, Action<MpiRun, int> beforeStep)
    {
        SmallNet network = new(seed: 3);
        using ITrainer trainer = network.CreateTrainer(
            new Sgd(0.05f) { Momentum = 0.9f },
            Loss.CrossEntropy(),
            new TrainerOptions { BatchSize = Images, MicroBatch = MicroBatch, Ranks = run, Threads = 1, Seed = 4 });
        Random random = new(5);
        for (int step = 0; step < Steps; step++)
        {
            // The last batch of an epoch has fewer images, and not every rank has some of them.
            int images = step % 4 == 3 ? 6 : Images;
            float[] inputs = [.. Enumerable.Range(0, images * SmallNet.InputLength).Select(_ => random.NextSingle())];
            int[] labels = [.. Enumerable.Range(0, images).Select(_ => random.Next(10))];
            beforeStep(run, step);
            (int first, int count) = run.ShareOf(images, MicroBatch);
            trainer.Step(inputs.AsSpan(first * SmallNet.InputLength, count * SmallNet.InputLength), labels.AsSpan(first, count));
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Parameter parameter in network.Parameters.Where(static parameter => parameter.IsTrainable))
            hash.AppendData(MemoryMarshal.AsBytes(parameter.Values));
        byte[] bits = hash.GetHashAndReset();
        if (!run.Agree([BitConverter.ToInt64(bits)]))
            throw new InvalidOperationException("The ranks have learned different parameters.");
        if (run.IsFirst)
            Console.WriteLine($"{Convert.ToHexString(bits)[..16]} {run.Count}");
    }

    private static void ThrowAt(bool now)
    {
        if (now)
            throw new InvalidOperationException("A fault on purpose.");
    }

    private static void ThrowOnAThreadAt(bool now)
    {
        if (!now)
            return;
        Thread thread = new(static () => ThrowAt(now: true));
        thread.Start();
        thread.Join();
    }

    private static void DieAt(bool now)
    {
        if (now)
            Process.GetCurrentProcess().Kill();
    }

    /// <summary>Some transports take the signal of which .NET makes this exception.</summary>
    private static void CatchNull(MpiRun run)
    {
        try
        {
            string? nothing = Environment.GetEnvironmentVariable("CNN_NOT_THERE_AT_ALL");
            Console.WriteLine(nothing!.Length);
        }
        catch (NullReferenceException)
        {
            long[] caught = [1];
            run.Sum(caught.AsSpan());
            if (run.IsFirst)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"caught on {caught[0]}"));
        }
    }

    private static void Collectives(MpiRun run)
    {
        double[] numbers = [1.5 * run.Rank, 1];
        run.Sum(numbers.AsSpan());
        byte[] first = [(byte)(run.Rank + 7)];
        run.Broadcast(first);
        byte[] received = new byte[run.Count];
        run.Exchange([.. Enumerable.Range(0, run.Count).Select(rank => (byte)((10 * run.Rank) + rank))], received);
        byte[] collected = new byte[run.Count];
        run.Collect([(byte)run.Rank], collected);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{run.Rank}/{run.Count} on {run.MachineCount}: {numbers[0]} {numbers[1]} {first[0]} "
            + $"[{string.Join(' ', received)}] [{string.Join(' ', collected)}]"));
    }
}
