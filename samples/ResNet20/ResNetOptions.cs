using System.CommandLine;
using Samples;

namespace ResNet20Sample;

/// <summary>The options of the command line.</summary>
internal sealed class ResNetOptions
{
    private readonly Option<string> _data = new("--data") { Description = "The folder with CIFAR-10's binary files, plain or gzipped.", Required = true, CustomParser = Arguments.NotEmpty };

    private readonly Option<int> _epochs = new("--epochs")
    {
        Description = "Times that each training image is seen.",
        DefaultValueFactory = _ => 30,
        CustomParser = result => Arguments.WholeNumber(result, least: 1, most: 10_000),
    };

    private readonly Option<int> _batch = new("--batch")
    {
        Description = "Images a step.",
        DefaultValueFactory = _ => 128,
        CustomParser = result => Arguments.WholeNumber(result, least: 1, most: 4096),
    };

    private readonly Option<float> _rate = new("--lr") { Description = "The highest learning rate.", DefaultValueFactory = _ => 0.2f, CustomParser = Arguments.PositiveNumber };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Decides the initial parameters, the order of the images and their variation.",
        DefaultValueFactory = _ => 0,
        CustomParser = result => Arguments.WholeNumber(result, int.MinValue, int.MaxValue),
    };

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "0 is all cores. The result does not depend on it.",
        DefaultValueFactory = _ => 0,
        CustomParser = result => Arguments.WholeNumber(result, least: 0, most: 1024),
    };

    private readonly Option<string> _weights = new("--out")
    {
        Description = "Receives the network after the last epoch.",
        DefaultValueFactory = _ => "resnet20.safetensors",
        CustomParser = Arguments.NotEmpty,
    };

    private readonly Option<string?> _checkpoints = new("--checkpoints")
    {
        Description = "A folder in which the training is saved, and from which it goes on if it was interrupted.",
        CustomParser = Arguments.NotEmpty,
    };

    private readonly Option<string?> _plot = new("--plot")
    {
        Description = "A folder that receives pictures of the training: loss, accuracy, confusion matrix, the first layer's kernels and what the layers make of a test image.",
        CustomParser = Arguments.NotEmpty,
    };

    /// <summary>The command, which trains.</summary>
    /// <param name="run">Gets the plan, the folder of the data and the weights file, and gives the exit code.</param>
    public RootCommand ToCommand(Func<TrainingPlan, string, string, CancellationToken, int> run)
    {
        RootCommand command = new("ResNet-20 learns the ten classes of CIFAR-10.") { _data, _epochs, _batch, _rate, _seed, _threads, _weights, _checkpoints, _plot };
        command.SetAction((parsed, cancellation) => Task.FromResult(run(
            new TrainingPlan(
                parsed.GetValue(_epochs),
                parsed.GetValue(_batch),
                parsed.GetValue(_rate),
                parsed.GetValue(_seed),
                parsed.GetValue(_threads),
                parsed.GetValue(_checkpoints))
            {
                Plots = parsed.GetValue(_plot),
            },
            parsed.GetValue(_data)!,
            parsed.GetValue(_weights)!,
            cancellation)));
        return command;
    }
}
