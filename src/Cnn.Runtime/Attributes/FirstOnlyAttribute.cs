namespace Cnn;

/// <summary>
/// On a <c>const int</c> of a block: the argument holds for the first of several repetitions, the others keep the declared value. For strides.
/// </summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class FirstOnlyAttribute : Attribute;
