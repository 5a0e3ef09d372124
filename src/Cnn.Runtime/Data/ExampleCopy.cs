namespace Cnn.Data;

/// <summary>One example that is kept.</summary>
internal sealed class ExampleCopy
{
    private readonly ExampleBatch _batch;

    public ExampleCopy(IExampleSource source)
    {
        _batch = new ExampleBatch(source, capacity: 1) { Count = 1 };
        Example = new Example(_batch.InputMemory(), _batch.Targets);
    }

    /// <summary>The example that was taken last.</summary>
    public Example Example { get; }

    public void Take(in Example example) => _batch.Take(0, example);
}
