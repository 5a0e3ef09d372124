namespace Cnn.Data;

/// <summary>Examples that are reached by their number, in memory or in files.</summary>
/// <remarks><see cref="Examples"/> has them in arrays. Those of one's own may be asked by several threads at once.</remarks>
public interface IExamples : IExampleSource
{
    /// <summary>Copies some examples.</summary>
    /// <param name="examples">Their numbers, from 0, in the order in which they go into the batch.</param>
    /// <param name="batch">Has room for just as many: every input and every target of it is to be filled.</param>
    void Copy(ReadOnlySpan<int> examples, ExampleBatch batch);
}
