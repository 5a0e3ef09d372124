using System.CommandLine;

namespace Cnn.Tool.Commands;

/// <summary>cnn summary: a declared network's table.</summary>
internal static class SummaryCommand
{
    public static Command Create(TextWriter output)
    {
        NetworkSource source = new();
        Command command = new("summary", "Print the layers of a declared network.");
        source.AddTo(command, withWeights: false);
        command.SetAction(parsed =>
        {
            output.Write(source.Create(parsed).Summary.ToString());
            return 0;
        });
        return command;
    }
}
