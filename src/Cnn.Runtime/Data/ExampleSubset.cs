using System.Buffers;

namespace Cnn.Data;

/// <summary>Some examples of others.</summary>
internal sealed class ExampleSubset(IExamples examples, int[] numbers) : IExamples
{
    public int Count => numbers.Length;

    public IReadOnlyList<int> InputLengths => examples.InputLengths;

    public IReadOnlyList<TargetFormat> Targets => examples.Targets;

    public void Copy(ReadOnlySpan<int> chosen, ExampleBatch batch)
    {
        int[] buffer = ArrayPool<int>.Shared.Rent(chosen.Length);
        Span<int> originals = buffer.AsSpan(0, chosen.Length);
        for (int index = 0; index < originals.Length; index++)
            originals[index] = numbers[chosen[index]];
        examples.Copy(originals, batch);
        ArrayPool<int>.Shared.Return(buffer);
    }

    public override string ToString() => ExampleSources.Describe(this);
}
