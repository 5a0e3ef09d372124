namespace LeNetSample.Data;

/// <summary>A download that failed at every mirror. The message says where and why.</summary>
internal sealed class DownloadException(string message, Exception? inner = null) : Exception(message, inner);
