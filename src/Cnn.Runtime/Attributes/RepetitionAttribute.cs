namespace Cnn;

/// <summary>
/// On a <c>const int</c> of a block: it is the number of the repetition, 0 in the first, whatever it is declared as. It takes no place among the arguments.
/// For dilations that double, and probabilities that grow with depth.
/// </summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class RepetitionAttribute : Attribute;
