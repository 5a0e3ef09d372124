namespace Cnn.Tool.Importing;

/// <summary>A model that cannot be read, or not be expressed. Nothing was written.</summary>
/// <param name="message">What was found, what is needed and what to do; one line a problem.</param>
/// <param name="inner">The cause, if there is one.</param>
internal sealed class ImportException(string message, Exception? inner = null) : Exception(message, inner);
