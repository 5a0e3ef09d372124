using System.ComponentModel;
using System.Globalization;

namespace Cnn.CompilerServices;

/// <summary>Persistent threads that run one parallel region after another. One thread at a time may use a team.</summary>
/// <remarks>
/// A run allocates nothing on any thread. Between runs the threads wait for about 100 microseconds and then sleep. A team that nobody disposes ends
/// its threads when it is collected; they are background threads, so they never keep a process alive.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WorkerTeam : IDisposable
{
    private readonly TeamState? _state;
    private readonly Thread[] _threads;
    private int _busy;
    private bool _disposed;

    /// <summary>Starts all threads but the caller's.</summary>
    /// <param name="threads">
    /// The number of workers, the caller included; honoured also beyond the cores. 0, the default, is all cores; on WebAssembly it is 1.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative.</exception>
    /// <exception cref="PlatformNotSupportedException"><paramref name="threads"/> is above 1 on WebAssembly, which has no threads.</exception>
    public WorkerTeam(int threads = 0)
    {
        Count = ThreadSupport.Count(threads, ThreadSupport.IsAvailable);
        _threads = new Thread[Count - 1];
        if (Count == 1 || !ThreadSupport.IsAvailable)
            return;

        TeamState state = new(Count);
        _state = state;
        for (int i = 0; i < _threads.Length; i++)
        {
            int index = i + 1;
            Thread thread = new(() => state.Serve(index))
            {
                IsBackground = true,
                Name = string.Create(CultureInfo.InvariantCulture, $"Cnn worker {index}"),
            };

            // Unsafe means only that the caller's execution context does not flow, which would keep its async-local values alive.
            thread.UnsafeStart();
            _threads[i] = thread;
        }
    }

    /// <summary>Lets the threads of an abandoned team end.</summary>
    ~WorkerTeam() => _state?.Stop();

    /// <summary>The number of workers, the caller included.</summary>
    public int Count { get; }

    /// <summary>Runs a region on all workers and returns when all are done.</summary>
    /// <param name="region">What to run; its exceptions, from whatever thread, come out here, the first of them if there are several.</param>
    /// <exception cref="InvalidOperationException">The team is running a region.</exception>
    /// <exception cref="ObjectDisposedException">The team is disposed.</exception>
    public void Run(IParallelRegion region)
    {
        ArgumentNullException.ThrowIfNull(region);
        Enter();
        try
        {
            if (_state is null)
                region.Run(new Worker(null, 0, 1));
            else
                _state.Run(region);
        }
        finally
        {
            // Also keeps the team, and with it the threads, alive until the end of the run.
            Volatile.Write(ref _busy, 0);
        }
    }

    /// <summary>Ends the threads and waits for them.</summary>
    /// <exception cref="InvalidOperationException">The team is running a region.</exception>
    public void Dispose()
    {
        if (_disposed)
            return;
        Enter();
        _disposed = true;
        Volatile.Write(ref _busy, 0);
        GC.SuppressFinalize(this);
        _state?.Stop();
        foreach (Thread thread in _threads)
            thread.Join();
    }

    private void Enter()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Interlocked.Exchange(ref _busy, 1) != 0)
            throw new InvalidOperationException("The team is running a region: wait for it to return, or use one team for each thread that runs networks.");
    }
}
