namespace Cnn;

/// <summary>
/// On a <c>const int</c> of a block: it is the number of channels (or features) that come into each repetition, whatever it is declared as. It takes no place
/// among the arguments.
/// </summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class InputChannelsAttribute : Attribute;
