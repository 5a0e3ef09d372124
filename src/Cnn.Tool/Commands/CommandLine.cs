using System.CommandLine;
using Cnn.Generator.Model;
using Cnn.Tool.Compiling;
using Cnn.Tool.Importing;

namespace Cnn.Tool.Commands;

/// <summary>The whole command line: what goes wrong is one message and the exit code 1.</summary>
internal static class CommandLine
{
    public static int Run(string[] arguments, TextWriter output, TextWriter errors)
    {
        RootCommand root = Create(output);
        if (arguments is [var first, ..] && !first.StartsWith('-') && root.Subcommands.All(command => command.Name != first))
        {
            string? nearest = NearestName.Of(first, root.Subcommands.Where(command => !command.Hidden).Select(command => command.Name));
            errors.WriteLine($"There is no command '{first}'{(nearest is null ? ": 'cnn --help' lists them." : $"; did you mean {nearest}?")}");
            return 1;
        }

        try
        {
            return root.Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is ImportException or CompilationException or WeightsException or NotSupportedException or IOException
            or UnauthorizedAccessException)
        {
            errors.WriteLine(exception.Message);
            return 1;
        }
    }

    /// <summary>All commands.</summary>
    public static RootCommand Create(TextWriter output) =>
        new("Makes programs with networks of Cnn, imports models as C# declarations, and inspects, measures, exports and verifies them.")
        {
            ImportCommand.Create(output),
            InspectCommand.Create(output),
            WeightsCommand.Create(output),
            SummaryCommand.Create(output),
            ExportCommand.Create(output),
            VerifyCommand.Create(output),
            ExplainCommand.Create(output),
            BenchCommand.Create(output),
            NewCommand.Create(output),
            CompletionCommand.Create(output),
            CompletionCommand.CreateQuery(output, () => Create(output)),
        };
}
