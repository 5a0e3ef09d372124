namespace Cnn.Tool.Compiling;

/// <summary>A declaration that does not compile.</summary>
/// <param name="message">The compiler's errors.</param>
internal sealed class CompilationException(string message) : Exception(message);
