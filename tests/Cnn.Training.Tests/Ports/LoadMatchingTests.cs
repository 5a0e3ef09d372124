using Cnn.CompilerServices;

namespace Cnn.Training.Tests.Ports;

public sealed class LoadMatchingTests
{
    private static readonly ParameterDefinition[] Definitions =
    [
        Definition("body.conv1.weight", 4, 3),
        Definition("body.conv1.bias", 4),
        Definition("head.weight", 2, 4),
        Definition("head.bias", 2),
    ];

    [Fact]
    public void What_fits_is_taken_and_all_else_is_told()
    {
        NetworkCore core = new(Definitions, seed: 1);
        float[] head = core.Parameters["head.weight"].Values.ToArray();
        using MemoryStream file = FileOf(("encoder.conv1.weight", [4, 3]), ("encoder.conv1.bias", [5]), ("encoder.conv1.num_batches_tracked", [1]),
            ("head.weight", [10, 4]), ("other.scale", [4]), ("junk", [2]));

        LoadReport report = core.LoadMatching(file, name => name == "junk" ? null : name.Replace("encoder", "body", StringComparison.Ordinal));

        Assert.Equal(["body.conv1.weight"], report.Loaded);
        Assert.Equal(["head.bias"], report.Missing);
        Assert.Equal(["other.scale"], report.Unexpected);
        Assert.Equal(["body.conv1.bias", "head.weight"], report.Mismatched);
        Assert.Equal(Enumerable.Range(0, 12).Select(index => (float)index), core.Parameters["body.conv1.weight"].Values.ToArray());
        Assert.Equal(head, core.Parameters["head.weight"].Values.ToArray());
        Assert.StartsWith("1 loaded, 1 missing, 1 unexpected, 2 mismatched", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("'head.weight' has the shape [10, 4]; [2, 4] is needed", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_file_of_the_network_is_taken_whole()
    {
        NetworkCore original = new(Definitions, seed: 1), copy = new(Definitions, seed: 2);
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        original.Save(path);
        LoadReport report = copy.LoadMatching(path, null);
        File.Delete(path);
        Assert.Equal("4 loaded, 0 missing, 0 unexpected, 0 mismatched", report.ToString());
        Assert.All(original.Parameters, parameter => Assert.Equal(parameter.Values.ToArray(), copy.Parameters[parameter.Name].Values.ToArray()));
    }

    [Fact]
    public void A_damaged_file_changes_nothing()
    {
        NetworkCore core = new(Definitions, seed: 1);
        float[] before = core.Parameters["head.bias"].Values.ToArray();
        TensorFile broken = new();
        broken.Add("head.bias", [2], [1f, 2f]);
        broken.Add("head.weight", [2, 4], [1, 2, 3, float.NaN, 5, 6, 7, 8]);
        Assert.Contains("head.weight", Assert.Throws<WeightsException>(() => core.LoadMatching(Streamed(broken), null)).Message, StringComparison.Ordinal);
        Assert.Throws<WeightsException>(() => core.LoadMatching(new MemoryStream([1, 2, 3]), null));
        Assert.Contains("Two tensors",
            Assert.Throws<ArgumentException>(() => core.LoadMatching(FileOf(("a", [2]), ("b", [2])), _ => "head.bias")).Message, StringComparison.Ordinal);
        Assert.Equal(before, core.Parameters["head.bias"].Values.ToArray());
    }

    [Fact]
    public void A_part_is_saved_and_loaded_alone()
    {
        NetworkCore original = new(Definitions, seed: 1), other = new(Definitions, seed: 2);
        float[] head = other.Parameters["head.weight"].Values.ToArray();
        using MemoryStream file = new();
        original.Parameters.Where(parameter => parameter.Name.StartsWith("body.", StringComparison.Ordinal)).Save(file);
        file.Position = 0;
        ParameterSet body = other.Parameters.Where(parameter => parameter.Name.StartsWith("body.", StringComparison.Ordinal));
        Assert.Equal(2, body.Count);
        body.Load(file);

        Assert.Equal(original.Parameters["body.conv1.weight"].Values.ToArray(), other.Parameters["body.conv1.weight"].Values.ToArray());
        Assert.Equal(head, other.Parameters["head.weight"].Values.ToArray());
        file.Position = 0;
        Assert.Throws<WeightsException>(() => other.Parameters.Load(file));
        file.Position = 0;
        Assert.Equal(["head.weight", "head.bias"], other.LoadMatching(file, null).Missing);
    }

    [Fact]
    public void A_trainer_at_work_takes_what_was_loaded()
    {
        using TwoPorts trainer = new(Loss.Each(Loss.MeanSquaredError(), null));
        TensorFile file = new();
        file.Add("facts.weight", [3], [2f, 3f, 4f]);
        NetworkCore core = trainer.Network;
        trainer.Forward(new float[11]);
        core.LoadMatching(Streamed(file), null);
        Assert.Equal([2, 3, 4], trainer.Forward([1f, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0])[..3].ToArray());
    }

    [Fact]
    public void What_is_not_trained_has_no_gradient_and_its_state_fits_only_the_same_choice()
    {
        Loss both = Loss.Each(Loss.MeanSquaredError(), Loss.MeanSquaredError());
        float[] inputs = [.. Enumerable.Range(1, 11).Select(value => (float)value)];
        TargetSet targets = [new float[3], new float[8]];
        using MemoryStream state = new();
        using (TwoPorts trainer = new(both, new TrainerOptions { Trains = parameter => parameter.Name != "facts.weight", Threads = 2 }))
        {
            trainer.Step(inputs, targets);
            Assert.Equal([1, 1, 1], trainer.Parameters["facts.weight"].Values.ToArray());
            Assert.NotEqual(1, trainer.Parameters["image.weight"].Values[0]);
            Assert.All(trainer.Gradients[..32].ToArray(), value => Assert.Equal(0, value));
            Assert.Contains("TrainerOptions.Trains",
                Assert.Throws<ArgumentException>(() => trainer.Gradient("facts.weight")).Message, StringComparison.Ordinal);
            trainer.SaveState(state);
            state.Position = 0;
            trainer.LoadState(state);
        }

        using TwoPorts whole = new(both);
        state.Position = 0;
        Assert.Contains("facts.weight left out", Assert.Throws<WeightsException>(() => whole.LoadState(state)).Message, StringComparison.Ordinal);
    }

    private static ParameterDefinition Definition(string name, params int[] shape) =>
        new(name, shape, true, ParameterStart.UniformFanIn, 4, 0, new WeightPacking(1, shape[0], shape.Length > 1 ? shape[1] : 1, 1, 16));

    private static MemoryStream FileOf(params (string Name, int[] Shape)[] tensors)
    {
        TensorFile file = new();
        foreach ((string name, int[] shape) in tensors)
            file.Add(name, shape, [.. Enumerable.Range(0, shape.Aggregate(1, (product, axis) => product * axis)).Select(index => (float)index)]);
        return Streamed(file);
    }

    private static MemoryStream Streamed(TensorFile file)
    {
        MemoryStream stream = new();
        file.Write(stream);
        stream.Position = 0;
        return stream;
    }
}
