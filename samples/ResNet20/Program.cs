using System.CommandLine;
using Cnn;
using Cnn.Data;
using Cnn.Training;
using ResNet20Sample;

Option<string> data = new("--data") { Description = "The folder with CIFAR-10's binary files, plain or gzipped.", Required = true };
Option<int> epochs = new("--epochs") { Description = "Times that each training image is seen.", DefaultValueFactory = _ => 30 };
Option<int> batch = new("--batch") { Description = "Images a step.", DefaultValueFactory = _ => 128 };
Option<float> rate = new("--lr") { Description = "The highest learning rate.", DefaultValueFactory = _ => 0.2f };
Option<int> seed = new("--seed") { Description = "Decides the initial parameters, the order of the images and their variation.", DefaultValueFactory = _ => 0 };
Option<int> threads = new("--threads") { Description = "0 is all cores. The result does not depend on it.", DefaultValueFactory = _ => 0 };
Option<string> weights = new("--out") { Description = "Receives the network after the last epoch.", DefaultValueFactory = _ => "resnet20.safetensors" };
Option<string?> checkpoints = new("--checkpoints") { Description = "A folder in which the training is saved, and from which it goes on if it was interrupted." };

RootCommand command = new("ResNet-20 learns the ten classes of CIFAR-10.") { data, epochs, batch, rate, seed, threads, weights, checkpoints };
command.SetAction((parsed, cancellation) => Task.FromResult(Run(
    new TrainingPlan(
        parsed.GetValue(epochs),
        parsed.GetValue(batch),
        parsed.GetValue(rate),
        parsed.GetValue(seed),
        parsed.GetValue(threads),
        parsed.GetValue(checkpoints)),
    parsed.GetValue(data)!,
    parsed.GetValue(weights)!,
    cancellation)));
return command.Parse(args).Invoke();

static int Run(TrainingPlan plan, string data, string weights, CancellationToken cancellation)
{
    try
    {
        CifarTraining.Run(plan, data, weights, cancellation);
        return 0;
    }
    catch (OperationCanceledException)
    {
        Console.Error.WriteLine(plan.Checkpoints is null
            ? "Interrupted: nothing was saved. With --checkpoints FOLDER the same command would go on."
            : "Interrupted. The same command goes on from the checkpoint.");
        return 130;
    }
    catch (ArgumentException exception)
    {
        Console.Error.WriteLine(exception.Message);
        return 2;
    }
    catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DataFormatException or WeightsException or TrainingException)
    {
        Console.Error.WriteLine(exception.Message);
        return 1;
    }
}
