using System.Globalization;

namespace Cnn.CompilerServices;

/// <summary>A trainer's state as a file: parameters and optimiser moments in PyTorch's layout, counters, and what they belong to.</summary>
internal sealed class TrainerState(NetworkCore network, TrainerMemory memory, Optimizer optimizer, string identity, int seed, long updates, long passes)
{
    private const string OptimizerKey = "optimizer";
    private const string SeedKey = "seed";
    private const string Counters = "trainer.counters";
    private const string LearningRate = "trainer.learning_rate";
    private readonly List<(ParameterDefinition Definition, float[] Values, long Target)> _pending = [];
    private float _learningRate = optimizer.LearningRate;

    public long Updates { get; private set; } = updates;

    public long Passes { get; private set; } = passes;

    public void Write(Stream stream)
    {
        TensorFile file = new() { Metadata = { ["format"] = "cnn-trainer", [OptimizerKey] = identity, [SeedKey] = Text(seed) } };
        file.Add(Counters, [2], new long[] { Updates, Passes });
        file.Add(LearningRate, [1], new float[] { optimizer.LearningRate });
        foreach ((ParameterDefinition definition, string name, long source) in Tensors())
        {
            float[] values = new float[Length(definition)];
            definition.Packing.Unpack(memory.Slice(source, definition.Packing.Size), values);
            file.Add(name, definition.Shape, values);
        }

        file.Write(stream);
    }

    /// <summary>Reads and checks a state; nothing is changed until <see cref="Apply"/>.</summary>
    public static TrainerState Read(Stream stream, NetworkCore network, TrainerMemory memory, Optimizer optimizer, string identity, int seed)
    {
        TensorFile file = TensorFile.Read(stream);
        TrainerState state = new(network, memory, optimizer, identity, seed, 0, 0);
        state.CheckMetadata(file, OptimizerKey, identity, "the optimiser");
        state.CheckMetadata(file, SeedKey, Text(seed), "the seed");
        long[] counters = file.Integers(Counters, 2);
        state._learningRate = file.Reals(LearningRate, 1)[0];
        if (counters[0] < 0 || counters[1] < 0 || state._learningRate < 0)
            throw new WeightsException("The trainer state does not fit: a counter or the learning rate is negative.");
        state.Updates = counters[0];
        state.Passes = counters[1];
        foreach ((ParameterDefinition definition, string name, long target) in state.Tensors())
            state._pending.Add((definition, file.Reals(name, definition.Shape), target));
        return state;
    }

    public void Apply()
    {
        foreach ((ParameterDefinition definition, float[] values, long target) in _pending)
            definition.Packing.Pack(values, memory.Slice(target, definition.Packing.Size));
        optimizer.LearningRate = _learningRate;
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static int Length(ParameterDefinition definition) => definition.Shape.Aggregate(1, (product, axis) => product * axis);

    private void CheckMetadata(TensorFile file, string key, string needed, string what)
    {
        if (!file.Metadata.TryGetValue(key, out string? found))
            throw new WeightsException($"This is no trainer state: it does not name {what}. Was it written by Save? Load such files with the network's Load.");
        if (found != needed)
            throw new WeightsException(
                $"The trainer state does not fit: {what} was '{found}' and is '{needed}' here. Create the trainer with the same settings.");
    }

    private IEnumerable<(ParameterDefinition Definition, string Name, long Place)> Tensors()
    {
        foreach (ParameterDefinition definition in network.Definitions)
        {
            yield return (definition, "parameters." + definition.Name, (definition.IsTrainable ? memory.Parameters : memory.Others) + definition.Offset);
            for (int index = 0; definition.IsTrainable && index < optimizer.StateCount; index++)
            {
                long place = memory.States + ((long)index * memory.StateStride) + definition.Offset;
                yield return (definition, $"optimizer.{optimizer.StateName(index)}.{definition.Name}", place);
            }
        }
    }
}
