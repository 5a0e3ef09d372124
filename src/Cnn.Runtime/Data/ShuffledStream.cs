using Cnn.CompilerServices;

namespace Cnn.Data;

/// <summary>A stream that draws each example from a number of those that came.</summary>
internal sealed class ShuffledStream(IExampleStream stream, int held, int seed) : IExampleStream
{
    // Apart from the streams of the same seed that variations, initialisation and dropout draw from.
    private const ulong FirstStream = 3UL << 62;

    public int Count => stream.Count;

    public IReadOnlyList<int> InputLengths => stream.InputLengths;

    public IReadOnlyList<TargetFormat> Targets => stream.Targets;

    public IEnumerable<Example> Read(int epoch)
    {
        CounterRandom random = new((uint)seed, FirstStream | (uint)epoch);
        List<ExampleCopy> waiting = [];
        ulong drawn = 0;
        int read = 0;
        ExampleCopy? given = null;
        foreach (Example example in stream.Read(epoch))
        {
            ExampleCopy copy = given ?? new ExampleCopy(this);
            copy.Take(example);
            given = null;
            waiting.Add(copy);
            read++;
            if (waiting.Count == held || read == Count)
            {
                yield return Draw(out given);
            }

            if (read == Count)
                break;
        }

        while (waiting.Count > 0)
            yield return Draw(out _);

        Example Draw(out ExampleCopy taken)
        {
            int place = (int)(((ulong)random.UInt32(drawn++) * (ulong)waiting.Count) >> 32);
            taken = waiting[place];
            waiting[place] = waiting[^1];
            waiting.RemoveAt(waiting.Count - 1);
            return taken.Example;
        }
    }

    public override string ToString() => $"{stream}, shuffled";
}
