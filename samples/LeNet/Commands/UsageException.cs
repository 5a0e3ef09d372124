namespace LeNetSample.Commands;

/// <summary>An argument that is wrong in a way that only the machine can tell, such as a folder that cannot be written.</summary>
internal sealed class UsageException(string message, Exception? inner = null) : Exception(message, inner);
