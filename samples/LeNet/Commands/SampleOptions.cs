using System.CommandLine;
using System.CommandLine.Parsing;
using LeNetSample.Data;
using LeNetSample.Training;

namespace LeNetSample.Commands;

/// <summary>The options of all verbs. Each verb takes those that mean something to it.</summary>
internal sealed class SampleOptions
{
    public const string DefaultWeights = "lenet.safetensors";

    public Option<string> Data { get; } = new("--data")
    {
        Description = $"Images: '{DigitSource.Auto}' ({DigitSource.FolderVariable}, the cache folder, a download, else rendered digits), '{DigitSource.Mnist}', '{DigitSource.Rendered}' or a folder of IDX files.",
        DefaultValueFactory = _ => DigitSource.Auto,
    };

    public Option<int> Epochs { get; } = AtLeast(1, new Option<int>("--epochs")
    {
        Description = "Times that each training image is seen.",
        DefaultValueFactory = _ => TrainingPlan.DefaultEpochs,
    });

    public Option<int> Batch { get; } = AtLeast(1, new Option<int>("--batch")
    {
        Description = "Images a step.",
        DefaultValueFactory = _ => TrainingPlan.DefaultBatchSize,
    });

    public Option<float> LearningRate { get; } = new("--lr")
    {
        Description = "Learning rate at the first step; it falls to 0 as half a cosine. SGD with momentum 0.9.",
        DefaultValueFactory = _ => TrainingPlan.DefaultLearningRate,
    };

    public Option<int> Seed { get; } = new("--seed")
    {
        Description = "Decides the initial parameters and the order of the images; the same seed gives the same network.",
        DefaultValueFactory = _ => 0,
    };

    public Option<int> Threads { get; } = AtLeast(0, new Option<int>("--threads")
    {
        Description = "Threads; 0 is all cores. The result does not depend on it.",
        DefaultValueFactory = _ => 0,
    });

    public Option<string> Weights { get; } = new("--out", "--weights")
    {
        Description = "The weights file: 'train' writes it, 'evaluate' and 'predict' read it.",
        DefaultValueFactory = _ => DefaultWeights,
    };

    public Option<bool> BatchNorm { get; } = new("--batch-norm")
    {
        Description = "The network with BatchNorm after each convolution and the hidden layer. Weights files tell which network they belong to.",
    };

    public SampleOptions()
    {
        LearningRate.Validators.Add(result => Check(
            result, LearningRate, rate => float.IsFinite(rate) && rate > 0f, "a number above 0 is needed"));
        Weights.Validators.Add(result => Check(result, Weights, path => path.Trim().Length > 0, "a file name is needed"));
        Data.Validators.Add(result => Check(result, Data, data => data.Trim().Length > 0, "a folder or a kind of data is needed"));
    }

    private static Option<int> AtLeast(int least, Option<int> option)
    {
        option.Validators.Add(result => Check(result, option, value => value >= least, $"a whole number of at least {least} is needed"));
        return option;
    }

    private static void Check<T>(OptionResult result, Option<T> option, Func<T, bool> isGood, string need)
    {
        // Text that is no number at all has its own error already, and asking for its value would throw.
        if (result.Tokens.Count == 1 && !result.Errors.Any() && !isGood(result.GetValueOrDefault<T>()!))
            result.AddError($"{option.Name} is {result.Tokens[0].Value}; {need}.");
    }
}
