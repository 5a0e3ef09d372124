namespace LeNetSample.Display;

/// <summary>Where the program writes to.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Complaints.</param>
/// <param name="IsPlain">No colours, nothing that moves: the output goes to a file, a pipe or a terminal that can do no more.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, bool IsPlain)
{
    /// <summary>The process's own console.</summary>
    public static Terminal OfProcess() => new(Console.Out, Console.Error, Console.IsOutputRedirected || Environment.GetEnvironmentVariable("TERM") is "dumb");
}
