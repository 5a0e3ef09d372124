using System.CommandLine;
using System.CommandLine.Parsing;
using LeNetSample.Data;
using LeNetSample.Training;
using Samples;

namespace LeNetSample.Commands;

/// <summary>The options of all verbs. Each verb takes those that mean something to it.</summary>
internal sealed class SampleOptions
{
    public const string DefaultWeights = "lenet.safetensors";

    public Option<string> Data { get; } = new("--data")
    {
        Description = $"Images: '{DigitSource.Auto}' ({DigitSource.FolderVariable}, the cache folder, a download, else rendered digits), '{DigitSource.Mnist}', '{DigitSource.Rendered}' or a folder of IDX files.",
        DefaultValueFactory = _ => DigitSource.Auto,
        CustomParser = Arguments.NotEmpty,
    };

    public Option<int> Epochs { get; } = new("--epochs")
    {
        Description = "Times that each training image is seen.",
        DefaultValueFactory = _ => TrainingPlan.DefaultEpochs,
        CustomParser = result => Arguments.WholeNumber(result, least: 1, most: 10_000),
    };

    public Option<int> Batch { get; } = new("--batch")
    {
        Description = "Images a step.",
        DefaultValueFactory = _ => TrainingPlan.DefaultBatchSize,
        CustomParser = result => Arguments.WholeNumber(result, least: 1, most: 4096),
    };

    public Option<float> LearningRate { get; } = new("--lr")
    {
        Description = "Learning rate at the first step; it falls to 0 as half a cosine. SGD with momentum 0.9.",
        DefaultValueFactory = _ => TrainingPlan.DefaultLearningRate,
        CustomParser = Arguments.PositiveNumber,
    };

    public Option<int> Seed { get; } = new("--seed")
    {
        Description = "Decides the initial parameters and the order of the images; the same seed gives the same network.",
        DefaultValueFactory = _ => 0,
        CustomParser = result => Arguments.WholeNumber(result, int.MinValue, int.MaxValue),
    };

    public Option<int> Threads { get; } = new("--threads")
    {
        Description = "Threads; 0 is all cores. The result does not depend on it.",
        DefaultValueFactory = _ => 0,
        CustomParser = result => Arguments.WholeNumber(result, least: 0, most: 1024),
    };

    public Option<string> Weights { get; } = new("--out", "--weights")
    {
        Description = "The weights file: 'train' writes it, 'evaluate' and 'predict' read it.",
        DefaultValueFactory = _ => DefaultWeights,
        CustomParser = Arguments.NotEmpty,
    };

    public Option<bool> BatchNorm { get; } = new("--batch-norm")
    {
        Description = "The network with BatchNorm after each convolution and the hidden layer. Weights files tell which network they belong to.",
    };

    public Option<bool> Small { get; } = new("--small")
    {
        Description = "A network of small kernels with BatchNorm and an eighth of LeNet's parameters, which takes longer and sees more.",
    };

    public Option<bool> Augment { get; } = new("--augment")
    {
        Description = "Shift each training image by up to 2 pixels and turn it by up to 10 degrees, anew each epoch.",
    };

    public Option<bool> Flip { get; } = new("--flip")
    {
        Description = "Mirror every second training image: for clothes, not for digits.",
    };

    public Option<float> WeightDecay { get; } = new("--weight-decay")
    {
        Description = "The factor of the parameters that is added to their gradient.",
        DefaultValueFactory = _ => 0f,
        CustomParser = Arguments.PositiveNumber,
    };

    public Option<string?> Checkpoints { get; } = new("--checkpoints")
    {
        Description = "A folder in which the training is saved, and from which it goes on if it was interrupted, with the same result to the last bit.",
    };

    public Option<string?> Plot { get; } = new("--plot")
    {
        Description = "A folder that receives pictures of the training: loss, accuracy, confusion matrix, the first layer's kernels and what the layers make of a test image.",
        CustomParser = Arguments.NotEmpty,
    };

    /// <summary>Which network the options ask for.</summary>
    /// <exception cref="UsageException">They ask for two.</exception>
    public NetworkKind KindOf(ParseResult parsed) => (parsed.GetValue(BatchNorm), parsed.GetValue(Small)) switch
    {
        (true, true) => throw new UsageException("--batch-norm and --small are two networks. Give one of them."),
        (true, false) => NetworkKind.BatchNorm,
        (false, true) => NetworkKind.Small,
        _ => NetworkKind.LeNet,
    };
}
