namespace Cnn.Data;

/// <summary>A data file that is damaged, or whose content does not fit together.</summary>
/// <param name="message">The file, what was found in it, and what is needed.</param>
/// <param name="inner">The cause, if there is one.</param>
public sealed class DataFormatException(string message, Exception? inner = null) : Exception(message, inner);
