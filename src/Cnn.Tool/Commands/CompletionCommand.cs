using System.CommandLine;

namespace Cnn.Tool.Commands;

/// <summary>cnn completion: the scripts with which shells complete commands, options and diagnostics; and the hidden command that these call.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _cnn() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(cnn complete --position "$COMP_POINT" -- "$COMP_LINE" 2> /dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _cnn cnn
        """;

    private const string Zsh = """
        _cnn() {
            local -a found
            found=("${(@f)$(cnn complete --position "$CURSOR" -- "$BUFFER" 2> /dev/null)}")
            [[ -n $found ]] && compadd -a found || _files
        }
        compdef _cnn cnn
        """;

    private const string Fish = """
        complete -c cnn -a '(cnn complete --position (commandline -C) -- (commandline -p) 2> /dev/null)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName cnn -ScriptBlock {
            param($word, $tree, $position)
            cnn complete --position $position -- "$tree" | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """;

    private static readonly Dictionary<string, (string Script, string Use)> Shells = new(StringComparer.Ordinal)
    {
        ["bash"] = (Bash, "cnn completion bash >> ~/.bashrc"),
        ["zsh"] = (Zsh, "cnn completion zsh >> ~/.zshrc"),
        ["fish"] = (Fish, "cnn completion fish > ~/.config/fish/completions/cnn.fish"),
        ["pwsh"] = (PowerShell, "cnn completion pwsh >> $PROFILE"),
    };

    /// <summary>Prints a shell's script.</summary>
    public static Command Create(TextWriter output)
    {
        Argument<string> shell = new("SHELL") { Description = string.Join(", ", Shells.Keys) + "." };
        shell.AcceptOnlyFromAmong([.. Shells.Keys]);
        Command command = new("completion", "Print a script with which a shell completes commands and options.") { shell };
        command.SetAction(parsed =>
        {
            (string script, string use) = Shells[parsed.GetValue(shell)!];
            output.WriteLine($"# {use}");
            output.WriteLine(script.ReplaceLineEndings("\n"));
            return 0;
        });
        return command;
    }

    /// <summary>Prints what may stand at a place of a line, one a line.</summary>
    /// <param name="output">Receives it.</param>
    /// <param name="root">All commands, which it is one of.</param>
    public static Command CreateQuery(TextWriter output, Func<RootCommand> root)
    {
        Argument<string> line = new("LINE") { Description = "The line, beginning with the program." };
        Option<int?> position = new("--position") { Description = "The place of the cursor. Default: the end." };
        Command command = new("complete", "Print completions of a line.") { line, position };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            string text = parsed.GetValue(line)!;
            int arguments = text.IndexOf(' ', StringComparison.Ordinal) + 1;
            string typed = arguments == 0 ? "" : text[arguments..];
            int place = Math.Clamp((parsed.GetValue(position) ?? text.Length) - arguments, 0, typed.Length);
            foreach (string label in root().Parse(typed).GetCompletions(place).Select(static found => found.InsertText ?? found.Label).Distinct())
                output.WriteLine(label);
            return 0;
        });
        return command;
    }
}
