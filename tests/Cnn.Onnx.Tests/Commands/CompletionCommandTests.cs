using Cnn.Tool.Commands;

namespace Cnn.Onnx.Tests.Commands;

/// <summary>What shells ask, and programs that are made.</summary>
public sealed class CompletionCommandTests
{
    [Theory]
    [InlineData("cnn im", "import")]
    [InlineData("cnn ver", "verify")]
    [InlineData("cnn verify Net.cs --we", "--weights")]
    [InlineData("cnn weights state.pt Net.cs --match ", "order")]
    [InlineData("cnn explain CNN10", "CNN1006")]
    [InlineData("/usr/bin/cnn new Digits --", "--web")]
    public void A_line_has_completions(string line, string expected) => Assert.Contains(expected, Run("complete", "--", line).Split('\n'));

    [Fact]
    public void The_cursor_may_stand_within_the_line() =>
        Assert.Contains("import", Run("complete", "--position", "6", "--", "cnn im --force").Split('\n'));

    [Fact]
    public void The_query_of_shells_is_not_offered() => Assert.DoesNotContain("complete", Run("complete", "--", "cnn c").Split('\n'));

    [Theory]
    [InlineData("bash", "complete -o default -F _cnn cnn")]
    [InlineData("zsh", "compdef _cnn cnn")]
    [InlineData("fish", "complete -c cnn")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public void Every_shell_has_a_script(string shell, string expected)
    {
        string script = Run("completion", shell);
        Assert.StartsWith($"# cnn completion {shell} >", script, StringComparison.Ordinal);
        Assert.Contains(expected, script, StringComparison.Ordinal);
        Assert.Contains("cnn complete --position", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_a_new_program_are_those_of_the_template() => Assert.Equal(
        ["new", "cnn", "-o", "Digits", "-n", "Digits", "--data", "images", "--web", "--test"], NewCommand.Arguments("Digits", "images", web: true, test: true));

    [Fact]
    public void A_folder_that_is_not_empty_is_left_alone()
    {
        using StringWriter errors = new();
        Assert.Equal(1, CommandLine.Run(["new", "a-b"], TextWriter.Null, errors));
        Assert.Contains("'a-b' is no name for a class", errors.ToString(), StringComparison.Ordinal);
    }

    private static string Run(params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" };
        Assert.Equal(0, CommandLine.Run(arguments, output, output));
        return output.ToString();
    }
}
