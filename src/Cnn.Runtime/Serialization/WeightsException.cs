namespace Cnn;

/// <summary>A weights or state file that is damaged, or whose tensors are not those that are needed. Nothing was changed.</summary>
/// <param name="message">Every tensor that is missing, unexpected, of another shape or not finite; or what is wrong with the file.</param>
/// <param name="inner">The cause, if there is one.</param>
public sealed class WeightsException(string message, Exception? inner = null) : Exception(message, inner);
