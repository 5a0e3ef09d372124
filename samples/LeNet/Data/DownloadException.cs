namespace LeNetSample.Data;

/// <summary>A download did not succeed.</summary>
/// <param name="brief">What could not be done.</param>
/// <param name="details">Why, at each mirror; empty where the brief message says it.</param>
internal sealed class DownloadException(string brief, string details, Exception? inner) : Exception(details.Length > 0 ? $"{brief} ({details})." : brief, inner)
{
    /// <summary>In one line, without addresses.</summary>
    public string Brief => brief;
}
