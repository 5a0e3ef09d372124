using Cnn.CompilerServices;

namespace Cnn.Training.Tests.Optimizers;

/// <summary>An optimiser at work on packed parameters, as a trainer runs it: a long vector, a matrix with padding, and a bias.</summary>
internal sealed class UpdateRun : IParallelRegion, IDisposable
{
    public const int Long = 9000;
    public const int Rows = 37;
    public const int Columns = 20;
    private readonly TrainerMemory _memory;
    private readonly WorkerTeam _team;
    private readonly ParameterUpdates _updates;
    private readonly ParameterDefinition[] _definitions;
    private readonly float[] _packed;
    private long _step;

    public UpdateRun(Optimizer optimizer, int threads = 1, TrainerOptions? options = null)
    {
        WeightPacking[] packings = [new(1, Long, 1, 1, 64), new(1, Rows, Columns, 1, 48), new(1, Rows, 1, 1, 48)];
        int[] offsets = [0, Round(packings[0].Size), Round(packings[0].Size) + Round(packings[1].Size)];
        int floats = offsets[2] + Round(packings[2].Size);
        _definitions =
        [
            new("body.long.weight", [Long], true, ParameterStart.Zero, 1, offsets[0], packings[0]),
            new("body.conv.weight", [Rows, Columns], true, ParameterStart.Zero, 1, offsets[1], packings[1]),
            new("head.bias", [Rows], true, ParameterStart.Zero, 1, offsets[2], packings[2]),
        ];
        NetworkCore network = new(_definitions, 0);
        foreach (Parameter parameter in network.Parameters)
        {
            for (int index = 0; index < parameter.Length; index++)
                parameter.Values[index] = Start(index);
        }

        Parameters = network.Parameters;
        TrainerLayout layout = new([1], [new OutputPort("output", 1, 1, OutputActivation.Other)], 0, 0, 0, 0, floats, 0, 0, 0, 0, 1);
        _memory = new TrainerMemory(layout, 1, new BatchDivision(new TrainerOptions { BatchSize = 1 }), threads, optimizer.StateCount, false);
        _ = new PackedParameters(network, _memory);
        _updates = new ParameterUpdates(network, floats, optimizer, options ?? new TrainerOptions());
        _team = new WorkerTeam(threads);
        _packed = new float[floats];
    }

    public ParameterSet Parameters { get; }

    public string Identity => _updates.Identity;

    /// <summary>Numbers that are no parameters', of the packed parameters.</summary>
    public IEnumerable<float> Padding
    {
        get
        {
            _memory.Slice(_memory.Parameters, _packed.Length).CopyTo(_packed);
            float[] ones = new float[_packed.Length];
            foreach (ParameterDefinition definition in _definitions)
            {
                float[] one = new float[definition.Shape.Aggregate(1, (product, axis) => product * axis)];
                one.AsSpan().Fill(1);
                definition.Packing.Pack(one, ones.AsSpan(definition.Offset, definition.Packing.Size));
            }

            return _packed.Where((_, index) => ones[index] == 0);
        }
    }

    public static float Start(int index) => MathF.Sin(index + 1);

    public static float Gradient(int index, long step) => MathF.Cos((index * 7) + (step * 3)) * (index % 5 == 0 ? 1e-3f : 1);

    /// <summary>Steps with the gradients of <see cref="Gradient"/>; returns the parameters.</summary>
    public float[][] Run(int steps)
    {
        for (_step = 1; _step <= steps; _step++)
        {
            foreach (ParameterDefinition definition in _definitions)
            {
                float[] gradient = [.. Enumerable.Range(0, Parameters[definition.Name].Length).Select(index => Gradient(index, _step))];
                definition.Packing.Pack(gradient, _memory.Slice(_memory.Gradients + definition.Offset, definition.Packing.Size));
            }

            Step();
        }

        return [.. _definitions.Select(definition =>
        {
            float[] values = new float[Parameters[definition.Name].Length];
            definition.Packing.Unpack(_memory.Slice(_memory.Parameters + definition.Offset, definition.Packing.Size), values);
            return values;
        })];
    }

    /// <summary>One more step on the gradients as they are.</summary>
    public void Step() => _team.Run(this);

    public void Dispose()
    {
        _team.Dispose();
        _memory.Dispose();
    }

    void IParallelRegion.Run(in Worker worker) => _updates.Run(worker, _memory, _step);

    private static int Round(int floats) => (floats + 31) / 32 * 32;
}
