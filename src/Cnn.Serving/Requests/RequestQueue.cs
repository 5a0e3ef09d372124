using System.Diagnostics;

namespace Cnn.Serving.Requests;

/// <summary>Requests in the order in which they came, at most so many. Workers take one, or as many as are there or come within a delay.</summary>
/// <param name="capacity">How many may wait.</param>
internal sealed class RequestQueue(int capacity)
{
    private readonly LinkedList<PredictionRequest> _waiting = [];
    private readonly object _gate = new();

    /// <summary>Held by the worker that gathers, so that several idle ones do not divide a batch among each other.</summary>
    private readonly object _turn = new();
    private bool _isClosed;

    public int Count
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <returns>Whether there was room.</returns>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public bool TryAdd(PredictionRequest request, object owner)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, owner);
            if (_waiting.Count >= capacity)
                return false;
            request.Node = _waiting.AddLast(request);
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>A request that was cancelled makes room for another.</summary>
    public void Remove(PredictionRequest request)
    {
        lock (_gate)
        {
            if (request.Node is { List: not null } node)
                _waiting.Remove(node);
        }
    }

    /// <summary>Waits for a request, and then for others.</summary>
    /// <param name="batch">Receives requests, which are started.</param>
    /// <param name="delay">How long to wait for others.</param>
    /// <returns>How many there are; 0 where the queue is closed.</returns>
    public int Take(PredictionRequest[] batch, TimeSpan delay)
    {
        lock (_turn)
        {
            lock (_gate)
            {
                int count = 0;
                long first = 0;
                while (!_isClosed)
                {
                    int held = count;
                    count = Fill(batch, count);
                    if (held == 0 && count > 0)
                        first = Stopwatch.GetTimestamp();
                    if (count == batch.Length)
                        break;
                    if (count == 0)
                    {
                        Monitor.Wait(_gate);
                        continue;
                    }

                    double left = (delay - Stopwatch.GetElapsedTime(first)).TotalMilliseconds;
                    if (left <= 0)
                        break;
                    Monitor.Wait(_gate, (int)Math.Ceiling(left));
                }

                return count;
            }
        }
    }

    /// <summary>Takes no more requests, and wakes all that wait for one.</summary>
    /// <returns>Those that were waiting and will not be computed.</returns>
    public IReadOnlyList<PredictionRequest> Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            PredictionRequest[] left = [.. _waiting.Where(request => request.TryStart())];
            _waiting.Clear();
            Monitor.PulseAll(_gate);
            return left;
        }
    }

    private int Fill(PredictionRequest[] batch, int count)
    {
        while (count < batch.Length && _waiting.First is { } node)
        {
            _waiting.RemoveFirst();
            if (node.Value.TryStart())
                batch[count++] = node.Value;
        }

        return count;
    }
}
