namespace LeNetSample.Data;

/// <summary>How long a download waits. With two mirrors, a machine without network is through within five seconds.</summary>
internal sealed record DownloadTimeouts
{
    /// <summary>For the name to resolve and the connection to stand.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>From the request to the response's headers.</summary>
    public TimeSpan Headers { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between two pieces of the content.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(10);
}
