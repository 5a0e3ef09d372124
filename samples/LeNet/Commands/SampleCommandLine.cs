using System.CommandLine;
using System.CommandLine.Parsing;
using Cnn;
using Cnn.Training;
using LeNetSample.Data;
using LeNetSample.Display;
using LeNetSample.Images;

namespace LeNetSample.Commands;

/// <summary>Reads the command line, runs the verb, and turns what goes wrong into one message and an exit code.</summary>
internal static class SampleCommandLine
{
    private const string DefaultVerb = "train";

    public static int Run(string[] args, Terminal terminal)
    {
        RootCommand root = Build(terminal);
        ParseResult parsed = root.Parse(WithVerb(args));
        if (parsed.Errors is [ParseError first, ..])
        {
            string message = parsed.CommandResult.Command == root && parsed.UnmatchedTokens is [string verb, ..]
                ? $"'{verb}' is no verb; there are {string.Join(", ", root.Subcommands.Select(command => command.Name))}."
                : first.Message;
            terminal.Error.WriteLine($"{message} See --help.");
            return ExitCode.WrongArguments;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception exception) when (ExitCodeOf(exception) is { } code)
        {
            terminal.Error.WriteLine(MessageOf(exception));
            return code;
        }
    }

    /// <summary>A command line without a verb trains; asking for help or the version is about all verbs.</summary>
    private static string[] WithVerb(string[] args) => args switch
    {
        ["--help" or "-h" or "-?" or "/?" or "/h" or "--version", ..] => args,
        [] or [['-', ..], ..] => [DefaultVerb, .. args],
        _ => args,
    };

    private static RootCommand Build(Terminal terminal)
    {
        SampleOptions options = new();
        return new RootCommand("LeNet learns to read digits. Without a verb it trains; 'train --help' lists what can be set.")
        {
            TrainCommand.Create(options, terminal),
            EvaluateCommand.Create(options, terminal),
            PredictCommand.Create(options, terminal),
            SummaryCommand.Create(options, terminal),
        };
    }

    private static int? ExitCodeOf(Exception exception) => exception switch
    {
        UsageException or NotSupportedException => ExitCode.WrongArguments,
        OperationCanceledException => ExitCode.Interrupted,
        DataException or DownloadException or WeightsException or ImageException or TrainingException => ExitCode.Failure,
        IOException or UnauthorizedAccessException => ExitCode.Failure,
        TypeInitializationException { InnerException: InvalidOperationException } => ExitCode.WrongArguments,
        _ => null,
    };

    private static string MessageOf(Exception exception) => exception switch
    {
        OperationCanceledException => "Interrupted.",
        TypeInitializationException { InnerException: { } cause } => cause.Message,
        TrainingException => $"{exception.Message} Here that is a lower --lr.",
        _ => exception.Message,
    };
}
