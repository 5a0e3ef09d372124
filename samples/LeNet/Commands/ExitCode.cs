namespace LeNetSample.Commands;

/// <summary>What the process returns.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>Data, weights or a picture are missing or damaged, or training diverged.</summary>
    public const int Failure = 1;

    /// <summary>The command line or an environment variable is wrong; nothing was done.</summary>
    public const int WrongArguments = 2;

    /// <summary>Ctrl+C or a request to end: 128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
