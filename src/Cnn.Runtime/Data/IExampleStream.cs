namespace Cnn.Data;

/// <summary>Examples that come one after the other, such as records of files that do not fit into memory.</summary>
/// <remarks>
/// They are read on a thread of the loader's, ahead of the training. A training that goes on in the middle of an epoch reads again what came before it, so
/// that the same epoch has to give the same examples. <see cref="ExampleSources.Shuffled"/> mixes what a stream gives.
/// </remarks>
public interface IExampleStream : IExampleSource
{
    /// <summary>Begins an epoch.</summary>
    /// <param name="epoch">From 0.</param>
    /// <returns>
    /// At least <see cref="IExampleSource.Count"/> examples; more are not asked for. Each is copied before the next one is asked for, so that their
    /// arrays may be the same.
    /// </returns>
    IEnumerable<Example> Read(int epoch);
}
