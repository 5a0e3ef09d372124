using System.Globalization;
using System.Runtime.ExceptionServices;
using Cnn.Distributed.Binding;

namespace Cnn.Distributed;

/// <summary>The processes that <c>mpirun</c> or <c>srun</c> started, as the ranks of a training; without these, one process that is all ranks.</summary>
/// <remarks>
/// <code>
/// using MpiRun run = MpiRun.Start();
/// network.Fit(training, validation, options with { Ranks = run, MicroBatch = 32 }, run.OnFirstRank(progress));
/// if (run.IsFirst)
///     network.Save("lenet.safetensors");
/// </code>
/// Transport, launching and collectives are those of Open MPI or MPICH, whichever library the launcher belongs to. An exception that nobody catches, on
/// whatever rank, ends all of them with <see cref="AbortCode"/>. One thread at a time.
/// </remarks>
public sealed class MpiRun : IRanks, IDisposable
{
    /// <summary>What every process exits with where one of them failed.</summary>
    public const int AbortCode = 70;

    private const int OneAtATime = 2;

    /// <summary>How long a rank that leaves behind an exception waits for the others to leave too.</summary>
    private static readonly TimeSpan LongestLeaving = TimeSpan.FromSeconds(5);

    /// <summary>MPICH's launcher drops what it has not read of a process yet when that ends all: time for it to read the message.</summary>
    private static readonly TimeSpan Reading = TimeSpan.FromMilliseconds(500);

    private static int _started;

    private readonly MpiLibrary? _library;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private Exception? _thrown;
    private bool _disposed;

    private MpiRun(Launcher? launcher)
    {
        Count = 1;
        MachineCount = 1;
        if (launcher is null)
            return;
        _library = MpiLibrary.Load(launcher);
        AppDomain.CurrentDomain.UnhandledException += EndAllUnhandled;
        AppDomain.CurrentDomain.FirstChanceException += Note;
        _library.Begin();
        (Rank, Count) = _library.World();
        CheckLauncher(launcher);
        (_, MachineCount) = _library.Machine(Rank);
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>The ranks of this machine.</summary>
    public int MachineCount { get; }

    /// <summary>Whether this is rank 0, which prints and saves.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>The cores of this machine divided by its ranks, at least 1; where the launcher bound the process to some cores, those.</summary>
    public int Threads => Count == 1 ? 0
        : Environment.ProcessorCount < CoresOfMachine() ? Environment.ProcessorCount
        : Math.Max(1, Environment.ProcessorCount / MachineCount);

    /// <summary>The library and its version, as in "Open MPI v4.1.4"; "one process" without any.</summary>
    public string Library => _library?.Version ?? "one process";

    /// <summary>Joins the other processes. At the beginning of a program, once.</summary>
    /// <returns>To be disposed at the end, when all others are done too.</returns>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    /// <exception cref="MpiException">The library is missing, or belongs to another launcher than the one that started the process.</exception>
    public static MpiRun Start()
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
            throw new InvalidOperationException("MPI starts once a process: keep the MpiRun that was started, and pass it on.");
        return new MpiRun(Launcher.OfThisProcess());
    }

    /// <summary>What receives progress on the first rank, and nothing on the others.</summary>
    /// <param name="progress">As on one machine.</param>
    public IProgress<T>? OnFirstRank<T>(IProgress<T>? progress) => IsFirst ? progress : null;

    /// <inheritdoc/>
    public void Exchange(ReadOnlySpan<byte> parts, Span<byte> received)
    {
        if (parts.Length != received.Length || parts.Length % Count != 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{parts.Length} bytes are sent and {received.Length} received: both have to be as many, and a part for each of {Count} ranks."),
                nameof(received));
        }

        if (Use() is not { } library)
        {
            parts.CopyTo(received);
            return;
        }

        library.AllToAll(parts, received, Count);
        _thrown = null;
    }

    /// <inheritdoc/>
    public void Collect(ReadOnlySpan<byte> part, Span<byte> parts)
    {
        if (parts.Length != (long)part.Length * Count)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{part.Length} bytes are collected of each of {Count} ranks, and there is room for {parts.Length}."),
                nameof(parts));
        }

        if (Use() is not { } library)
        {
            part.CopyTo(parts);
            return;
        }

        library.AllGather(part, parts);
        _thrown = null;
    }

    /// <inheritdoc/>
    public void Broadcast(Span<byte> values)
    {
        Use()?.Broadcast(values);
        _thrown = null;
    }

    /// <summary>
    /// Leaves; waits until all ranks do. Where an exception was thrown since the ranks last met, and the others do not leave within five seconds, it ends all.
    /// </summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (_library is null)
            return;
        AppDomain.CurrentDomain.FirstChanceException -= Note;

        // In an asynchronous method an exception comes by here on its way out, and the others would wait for this rank for ever.
        if (!_library.WaitForAll(_thrown is null ? TimeSpan.MaxValue : LongestLeaving))
            EndAll(_thrown!);
        _library.End();
        AppDomain.CurrentDomain.UnhandledException -= EndAllUnhandled;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"rank {Rank} of {Count}, {Library}");

    private MpiLibrary? Use()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_library is { ThreadLevel: < OneAtATime } && Environment.CurrentManagedThreadId != _thread)
        {
            throw new MpiException(
                $"{Library} was built so that only the thread that started MPI may use it, and this is another: call MpiRun.Start on the thread that trains, "
                + "without an await between.");
        }

        return _library;
    }

    /// <summary>A library that the launcher does not know leaves every process alone, and each would train and save for itself.</summary>
    private void CheckLauncher(Launcher launcher)
    {
        if (Count == launcher.Processes)
            return;
        string found = string.Create(CultureInfo.InvariantCulture,
            $"{launcher.Name} started {launcher.Processes} processes, and {Library} sees {Count}: the library belongs to another launcher. "
            + $"Start with the mpirun of {Library}, or install {launcher.Packages} and set {MpiLibrary.Variable} to its library.");
        _library!.End();
        AppDomain.CurrentDomain.FirstChanceException -= Note;
        AppDomain.CurrentDomain.UnhandledException -= EndAllUnhandled;
        throw new MpiException(found);
    }

    private void Note(object? sender, FirstChanceExceptionEventArgs thrown) => _thrown = thrown.Exception;

    private void EndAllUnhandled(object sender, UnhandledExceptionEventArgs failure) => EndAll(failure.ExceptionObject);

    /// <summary>The others would wait for this rank for ever.</summary>
    private void EndAll(object failure)
    {
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Rank {Rank} of {Count} failed, and all ranks end: {failure}"));
        Console.Error.Flush();
        Thread.Sleep(Reading);
        _library!.Abort(AbortCode);
    }

    /// <summary>Those that are on, whether this process may use them or not; as many as it may use where that cannot be told.</summary>
    private static int CoresOfMachine()
    {
        const string Online = "/sys/devices/system/cpu/online";
        if (!File.Exists(Online))
            return Environment.ProcessorCount;
        int cores = 0;
        foreach (string range in File.ReadAllText(Online).Trim().Split(','))
        {
            string[] ends = range.Split('-');
            if (!int.TryParse(ends[0], CultureInfo.InvariantCulture, out int first) || !int.TryParse(ends[^1], CultureInfo.InvariantCulture, out int last))
                return Environment.ProcessorCount;
            cores += last - first + 1;
        }

        return cores;
    }
}
