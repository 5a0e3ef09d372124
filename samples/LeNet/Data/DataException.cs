namespace LeNetSample.Data;

/// <summary>There is no data where the user said that there is. The message says what was looked for and what to do.</summary>
internal sealed class DataException(string message, Exception? inner = null) : Exception(message, inner);
