using System.CommandLine;
using LeNetSample.Display;

namespace LeNetSample.Commands;

/// <summary>Shows what the network is made of.</summary>
internal static class SummaryCommand
{
    public static Command Create(SampleOptions options, Terminal terminal)
    {
        Command command = new("summary", "Show layers, shapes, parameters and which kernels run.") { options.BatchNorm, options.Small };
        command.SetAction(parsed =>
        {
            terminal.Output.WriteLine(SavedNetwork.Summary(options.KindOf(parsed)));
            terminal.Output.WriteLine(Kernels.Describe());
            return ExitCode.Success;
        });
        return command;
    }
}
