namespace Cnn.Distributed;

/// <summary>MPI is not there, was started otherwise than it has to be, or reports an error.</summary>
/// <param name="message">What was found, what is needed, and what to do.</param>
public sealed class MpiException(string message) : Exception(message);
