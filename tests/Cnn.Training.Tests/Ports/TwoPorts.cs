using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Cnn.CompilerServices;

namespace Cnn.Training.Tests.Ports;

/// <summary>
/// A trainer as the generator would write one, of two inputs and two outputs: <c>digit</c> = facts · w (3 channels) and <c>mask</c> = image · v (2
/// channels at 4 positions), element by element, so that every gradient is known.
/// </summary>
internal sealed class TwoPorts : TrainerCore
{
    public const int Facts = 3;
    public const int Image = 8;
    public const int Channels = 2;
    public const int Positions = 4;

    private static readonly ParameterDefinition[] Definitions =
    [
        new("facts.weight", [Facts], true, ParameterStart.One, 1, 0, new WeightPacking(1, Facts, 1, 1, 16)),
        new("image.weight", [Image], true, ParameterStart.One, 1, 32, new WeightPacking(1, Image, 1, 1, 16)),
    ];

    public TwoPorts(Loss loss, TrainerOptions? options = null, DataLayout mask = DataLayout.ChannelsFirst, Optimizer? optimizer = null)
        : this(new NetworkCore(Definitions, 0), loss, options, mask, optimizer ?? new Sgd(0.5f))
    {
    }

    private TwoPorts(NetworkCore network, Loss loss, TrainerOptions? options, DataLayout mask, Optimizer optimizer)
        : base(network, Layout(mask), optimizer, loss, options) => Network = network;

    public NetworkCore Network { get; }

    public ParameterSet Parameters => Network.Parameters;

    public float Step(ReadOnlySpan<float> facts, ReadOnlySpan<float> image, Target digit, Target mask)
    {
        Take(facts, image, digit, mask);
        return StepTaken();
    }

    public float ForwardBackward(ReadOnlySpan<float> facts, ReadOnlySpan<float> image, Target digit, Target mask)
    {
        Take(facts, image, digit, mask);
        return ForwardBackwardTaken();
    }

    public ReadOnlySpan<float> Forward(ReadOnlySpan<float> facts, ReadOnlySpan<float> image)
    {
        TakeInput(0, facts, "facts");
        TakeInput(1, image, "image");
        return ForwardTaken();
    }

    public ReadOnlySpan<float> Forward(ReadOnlySpan<float> facts, ReadOnlySpan<byte> image)
    {
        TakeInput(0, facts, "facts");
        TakeInput(1, image, "image");
        return ForwardTaken();
    }

    protected override void Forward(in Worker worker)
    {
        worker.Range(Images, out int from, out int to);
        Multiply(0, Facts, from, to, ref PackedParameters);
        Multiply(Facts, Image, from, to, ref Unsafe.Add(ref PackedParameters, 32));

        // As a generated pass keeps what its backward pass needs.
        MemoryMarshal.CreateSpan(ref UserInputs(0), Images * (Facts + Image))[(from * (Facts + Image))..(to * (Facts + Image))]
            .CopyTo(MemoryMarshal.CreateSpan(ref BatchMemory, BatchSize * (Facts + Image))[(from * (Facts + Image))..]);
    }

    protected override void Backward(in Worker worker)
    {
        if (worker.Index != 0)
            return;
        MemoryMarshal.CreateSpan(ref PackedGradients, 64).Clear();
        Differentiate(0, Facts, ref PackedGradients, ref PackedParameters);
        Differentiate(Facts, Image, ref Unsafe.Add(ref PackedGradients, 32), ref Unsafe.Add(ref PackedParameters, 32));
    }

    protected override void Transpose(in Worker worker)
    {
    }

    private static TrainerLayout Layout(DataLayout mask) => new(
        [Facts, Image],
        [new OutputPort("digit", Facts, 1, OutputActivation.Other), new OutputPort("mask", Channels, Positions, OutputActivation.Other, mask)],
        batchFloats: Facts + Image,
        workerFloats: 0,
        sharedFloats: 0,
        optionalFloats: 0,
        trainableFloats: 64,
        otherFloats: 0,
        transposedFloats: 0,
        liveBatchFloats: Facts + Image,
        liveWorkerFloats: 0,
        smallestBatch: 1);

    private void Take(ReadOnlySpan<float> facts, ReadOnlySpan<float> image, Target digit, Target mask)
    {
        TakeInput(0, facts, "facts");
        TakeInput(1, image, "image");
        TakeTarget(0, digit, "digit");
        TakeTarget(1, mask, "mask");
    }

    private void Multiply(int offset, int length, int from, int to, ref float weights)
    {
        for (int index = from * length; index < to * length; index++)
        {
            int place = (offset * Images) + index;
            Unsafe.Add(ref UserOutputs(0), place) = Unsafe.Add(ref UserInputs(0), place) * Unsafe.Add(ref weights, index % length);
        }
    }

    private void Differentiate(int offset, int length, ref float gradients, ref float weights)
    {
        for (int index = 0; index < Images * length; index++)
        {
            int place = (offset * Images) + index;
            float slope = Unsafe.Add(ref OutputGradientsOf(0), place);
            Unsafe.Add(ref gradients, index % length) += slope * Unsafe.Add(ref BatchMemory, place);
            if (WithInputGradients)
                Unsafe.Add(ref UserInputGradients(0), place) = slope * Unsafe.Add(ref weights, index % length);
        }
    }
}
