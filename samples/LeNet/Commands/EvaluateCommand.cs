using System.CommandLine;
using Cnn;
using LeNetSample.Data;
using LeNetSample.Display;

namespace LeNetSample.Commands;

/// <summary>Tests a saved network.</summary>
internal static class EvaluateCommand
{
    public static Command Create(SampleOptions options, Terminal terminal)
    {
        Command command = new("evaluate", "Test a saved network: accuracy, confusion matrix, some images.") { options.Data, options.Threads, options.Weights };
        command.SetAction(parsed =>
        {
            using Interruption interruption = new();
            // The weights first: a missing file should not wait for a download.
            INetwork network = SavedNetwork.Load(parsed.GetValue(options.Weights)!);
            terminal.Output.WriteLine($"{network.Summary.Name}; {Kernels.Describe()}");
            DigitData data = Datasets.Load(new DigitSource(parsed.GetValue(options.Data)!), terminal, interruption.Token);
            EvaluationReport.Write(network, data, parsed.GetValue(options.Threads), terminal, interruption.Token);
            return ExitCode.Success;
        });
        return command;
    }
}
