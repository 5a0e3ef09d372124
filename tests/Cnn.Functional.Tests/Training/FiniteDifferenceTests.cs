using Cnn.Functional.Tests.Networks;
using Cnn.Functional.Tests.Support;

namespace Cnn.Functional.Tests.Training;

/// <summary>Gradients against differences of the loss: along its own direction a gradient rises by its length, and no other vector does.</summary>
public sealed class FiniteDifferenceTests
{
    private const int Images = 3;

    public static TheoryData<string> Names => [.. Creators.Keys];

    private static Dictionary<string, Func<INetwork>> Creators { get; } = new()
    {
        ["a mask before a padded convolution"] = () => new DropoutBeforePaddedConv(),
        ["groups, strides and average pools"] = () => new GroupsAndPools(),
        ["norms and activations on flat vectors"] = () => new FlatChain(),
        ["a norm on a flattened map"] = () => new NormOnFlattenedMap(),
        ["a flattened map at the end"] = () => new EndsInFlattenedMap(),
        ["one axis"] = () => new Sequence(),
        ["three axes"] = () => new Volume(),
        ["many channels"] = () => new WideChannels(),
        ["a frozen layer between"] = () => new FrozenBetween(),
        ["a shortcut, and a value with three readers"] = () => new Shortcuts(),
        ["a value that is wanted with a border and without"] = () => new BorderedAndNot(),
        ["products that repeat channels and positions"] = () => new Gates(),
        ["products along one axis of three"] = () => new GatesOfVolumes(),
        ["joined channels of any number"] = () => new Joined(),
        ["the same value twice"] = () => new Doubled(),
        ["joined flat vectors"] = () => new FlatBranches(),
        ["a transposed convolution between convolutions"] = () => new TransposedBetween(),
        ["transposed convolutions with an argument per axis"] = () => new TransposedPerAxis(),
        ["transposed depthwise convolutions along one axis"] = () => new TransposedDepthwise(),
        ["transposed convolutions over three axes"] = () => new TransposedVolume(),
        ["adaptive pools with uneven windows"] = () => new AdaptivePools(),
        ["adaptive pools along one axis"] = () => new AdaptiveSequence(),
        ["adaptive pools over three axes"] = () => new AdaptiveVolume(),
        ["padding of every mode"] = () => new Padded(),
        ["padding along one axis"] = () => new PaddedSequence(),
        ["padding over three axes"] = () => new PaddedVolume(),
        ["enlargement between convolutions"] = () => new Upsampled(),
        ["enlargement along one axis"] = () => new UpsampledSequence(),
        ["enlargement over three axes"] = () => new UpsampledVolume(),
        ["norms over one image"] = () => new ImageNorms(),
        ["norms over one flat vector"] = () => new FlatImageNorms(),
        ["norms along one axis"] = () => new SequenceNorms(),
        ["norms over three axes"] = () => new VolumeNorms(),
        ["a norm over the features of a map"] = () => new NormOfFlattened(),
        ["norms over neighbouring channels"] = () => new ResponseNorms(),
        ["norms over neighbouring channels along one axis"] = () => new ResponseNormSequence(),
        ["norms over neighbouring channels over three axes"] = () => new ResponseNormVolume(),
        ["frozen layers of every kind"] = () => new FrozenLayers(),
        ["frozen layers before what learns"] = () => new LearnsInTheMiddle(),
        ["two inputs and two outputs"] = () => new TwoHeads(),
        ["two inputs and two outputs in planes"] = () => new TwoPlanarHeads(),
        ["outputs that others read, and an unread input"] = () => new ManyOutputs(),
        ["volumes with channels last"] = () => new VolumePorts(),
        ["operations on two tensors, which repeat what is short"] = () => new Arithmetic(),
        ["functions of each element"] = () => new ElementFunctions(),
        ["reductions over any axes"] = () => new Reduced(),
        ["axes of other lengths"] = () => new Resized(),
        ["factors and summands of positions and elements"] = () => new MapScales(),
        ["norms of positions and of vectors, and whole images that are dropped"] = () => new PositionNorms(),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_gradient_is_the_slope_of_the_loss(string name)
    {
        INetwork network = Creators[name]();
        Stir(network);
        float[] inputs = TestData.Reals(Images * network.InputLength, 2);
        float[] targets = TestData.Reals(Images * network.OutputLength, 3);
        Dictionary<string, float[]> gradients = Gradients(network, inputs, targets);
        foreach ((string parameter, float[] gradient) in gradients)
        {
            Span<float> values = parameter == "input" ? inputs : network.Parameters[parameter].Values;
            float[] start = values.ToArray();
            double length = Math.Sqrt(gradient.Sum(value => (double)value * value));
            double Along(double distance)
            {
                Span<float> moved = parameter == "input" ? inputs : network.Parameters[parameter].Values;
                for (int index = 0; index < start.Length && length > 0; index++)
                    moved[index] = (float)(start[index] + (distance * gradient[index] / length));
                double loss = LossOf(network, inputs, targets);
                start.CopyTo(moved);
                return loss;
            }

            // Richardson's extrapolation of two central differences: the error falls with the fourth power of the distance.
            const double Distance = 0.04;
            double coarse = (Along(Distance) - Along(-Distance)) / (2 * Distance);
            double fine = (Along(Distance / 2) - Along(-Distance / 2)) / Distance;
            Tolerance.Differences.Check(((4 * fine) - coarse) / 3, (float)length, parameter);
        }
    }

    [Fact]
    public void Cross_entropy_on_a_map_averages_over_its_positions()
    {
        PerPosition network = new(seed: 1);
        float[] inputs = TestData.Reals(2 * PerPosition.InputLength, 2);
        int[] labels = TestData.Labels(8, 3, 4);
        using PerPosition.Trainer trainer = network.CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy(), new TrainerOptions { BatchSize = 2 });
        float loss = trainer.ForwardBackward(inputs, labels);
        float[] outputs = trainer.Outputs.ToArray();
        double expected = 0;
        for (int label = 0; label < labels.Length; label++)
        {
            int start = (label / 4 * 12) + (label % 4);
            double[] logits = [outputs[start], outputs[start + 4], outputs[start + 8]];
            expected += Math.Log(logits.Sum(Math.Exp)) - logits[labels[label]];
        }

        Tolerance.Pass.Check(expected / labels.Length, loss, "the loss");
    }

    /// <summary>
    /// The gradient of a logit is its probability, less 1 where it is the label's, over the number of labels; a bias gets the sum of those of its
    /// channel.
    /// </summary>
    [Fact]
    public void Cross_entropy_on_a_map_has_the_gradient_of_its_positions()
    {
        PerPosition network = new(seed: 1);
        float[] inputs = TestData.Reals(2 * PerPosition.InputLength, 2);
        int[] labels = TestData.Labels(8, 3, 4);
        using PerPosition.Trainer trainer = network.CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy(), new TrainerOptions { BatchSize = 2 });
        trainer.ForwardBackward(inputs, labels);
        float[] outputs = trainer.Outputs.ToArray();
        double[] expected = new double[3];
        for (int label = 0; label < labels.Length; label++)
        {
            int start = (label / 4 * 12) + (label % 4);
            double[] exponentials = [.. Enumerable.Range(0, 3).Select(channel => Math.Exp(outputs[start + (channel * 4)]))];
            for (int channel = 0; channel < 3; channel++)
                expected[channel] += ((exponentials[channel] / exponentials.Sum()) - (channel == labels[label] ? 1 : 0)) / labels.Length;
        }

        Tolerance.Pass.Check(expected, trainer.Gradient("conv1.bias").ToArray(), "the bias");
    }

    [Fact]
    public void A_layer_that_the_output_does_not_depend_on_keeps_its_parameters()
    {
        FrozenBetween network = new(seed: 1);
        float[] before = network.Parameters["conv3.weight"].Values.ToArray();
        using (FrozenBetween.Trainer trainer = network.CreateTrainer(new Adam(0.1f), Loss.MeanSquaredError(), new TrainerOptions { BatchSize = Images }))
        {
            trainer.Step(TestData.Reals(Images * FrozenBetween.InputLength, 1), TestData.Reals(Images * FrozenBetween.OutputLength, 2));
            Assert.All(trainer.Gradient("conv3.weight").ToArray(), value => Assert.Equal(0, value));
        }

        Tolerance.SameBits(before, network.Parameters["conv3.weight"].Values, "conv3.weight");
    }

    /// <summary>Parameters of a size that keeps activations where they bend.</summary>
    private static void Stir(INetwork network)
    {
        TestData.Stir(network, 1);
        foreach (Parameter parameter in network.Parameters.Where(parameter => parameter.Shape.Length > 1))
        {
            float fanIn = parameter.Length / (float)parameter.Shape[0];
            foreach (ref float value in parameter.Values)
                value *= 2 / MathF.Sqrt(fanIn);
        }
    }

    private static Dictionary<string, float[]> Gradients(INetwork network, float[] inputs, float[] targets)
    {
        using ITrainer trainer = Train(network);
        trainer.ForwardBackward(inputs, TargetsOf(network, targets));
        Dictionary<string, float[]> gradients = network.Parameters.Where(parameter => parameter.IsTrainable)
            .ToDictionary(parameter => parameter.Name, parameter => trainer.Gradient(parameter.Name).ToArray());
        gradients.Add("input", trainer.InputGradients.ToArray());
        return gradients;
    }

    /// <summary>The mean squared error in double; by a new trainer, whose masks of dropout are the same each time.</summary>
    private static double LossOf(INetwork network, float[] inputs, float[] targets)
    {
        using ITrainer trainer = Train(network);
        trainer.ForwardBackward(inputs, TargetsOf(network, targets));
        float[] outputs = trainer.Outputs.ToArray();
        return PortsOf(network).Sum(port => Enumerable.Range(port.Start, port.Length)
            .Average(index => ((double)outputs[index] - targets[index]) * ((double)outputs[index] - targets[index])));
    }

    private static TargetSet TargetsOf(INetwork network, float[] targets) =>
        new([.. PortsOf(network).Select(port => (OutputTarget)targets[port.Start..(port.Start + port.Length)])]);

    /// <summary>Where each output's numbers are.</summary>
    private static IEnumerable<(int Start, int Length)> PortsOf(INetwork network) =>
        network.Outputs.Select((port, index) => (Images * network.Outputs.Take(index).Sum(before => before.Length), Images * port.Length));

    private static ITrainer Train(INetwork network) =>
        network.CreateTrainer(
        new Sgd(0.1f), Loss.Each([.. network.Outputs.Select(_ => Loss.MeanSquaredError())]), new TrainerOptions
        {
            BatchSize = Images,
            InputGradients = true,
            Threads = 1,
        });
}
