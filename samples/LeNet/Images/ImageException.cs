namespace LeNetSample.Images;

/// <summary>A picture that cannot be read. The message names the file and says what to do.</summary>
internal sealed class ImageException(string message, Exception? inner = null) : Exception(message, inner);
