using System.CommandLine;
using Cnn.Generator.Model;
using Cnn.Tool.Importing;

namespace Cnn.Tool.Commands;

/// <summary>cnn explain: the page of a diagnostic, which is in the tool.</summary>
internal static class ExplainCommand
{
    public static Command Create(TextWriter output)
    {
        Argument<string?> id = new("ID")
        {
            Description = "A diagnostic, such as CNN1006; without it, all of them are listed.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        id.CompletionSources.Add([.. FaultCatalog.All.Select(static fault => fault.Id)]);
        Command command = new("explain", "Print what a diagnostic means, with a sample that fails and one that is mended.") { id };
        command.SetAction(parsed =>
        {
            output.Write(parsed.GetValue(id) is { } asked ? Page(asked) : List());
            return 0;
        });
        return command;
    }

    private static string List() =>
        string.Concat(FaultCatalog.All.Select(static fault => $"{fault.Id}  {fault.Title}\n")) + "\ncnn explain ID prints the page of one.\n";

    private static string Page(string asked)
    {
        string id = asked.ToUpperInvariant();
        if (!id.StartsWith("CNN", StringComparison.Ordinal))
            id = "CNN" + id;
        using Stream? stream = typeof(ExplainCommand).Assembly.GetManifestResourceStream($"diagnostics/{id}.md");
        if (stream is null)
            throw new ImportException($"There is no diagnostic '{asked}': 'cnn explain' lists them.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
