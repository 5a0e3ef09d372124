using System.CommandLine;
using Cnn;
using Cnn.Data;
using Cnn.Training;
using ResNet20Sample;

ParseResult parsed = new ResNetOptions().ToCommand(Run).Parse(args);
if (parsed.Errors is [{ } first, ..])
{
    Console.Error.WriteLine($"{first.Message} See --help.");
    return 2;
}

return parsed.Invoke();

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
    catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
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
