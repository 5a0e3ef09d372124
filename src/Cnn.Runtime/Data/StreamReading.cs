namespace Cnn.Data;

/// <summary>Reads batches of a stream, from any batch on: what comes before it is read and left out.</summary>
internal sealed class StreamReading(IExampleStream stream) : IDisposable
{
    private IEnumerator<Example>? _examples;
    private int _epoch;
    private long _next;

    /// <summary>Fills a batch.</summary>
    /// <param name="batch">With the count that it is to have.</param>
    /// <param name="epoch">From 0.</param>
    /// <param name="first">Examples of the epoch before it.</param>
    public void Fill(ExampleBatch batch, int epoch, long first)
    {
        if (_examples is null || epoch != _epoch || first < _next)
            Open(epoch);
        while (_next < first)
            Read();
        for (int place = 0; place < batch.Count; place++)
            batch.Take(place, Read());
    }

    public void Dispose()
    {
        _examples?.Dispose();
        _examples = null;
    }

    private void Open(int epoch)
    {
        Dispose();
        _examples = stream.Read(epoch).GetEnumerator();
        _epoch = epoch;
        _next = 0;
    }

    private Example Read()
    {
        if (!_examples!.MoveNext())
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"The stream ended in epoch {_epoch} behind example {_next - 1}, and says that it has {stream.Count}: let it give as many in every epoch."));
        }

        _next++;
        return _examples.Current;
    }
}
