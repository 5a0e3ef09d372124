namespace Cnn;

/// <summary>Marks a partial class whose layer attributes describe a network; the generator writes the rest of the class.</summary>
/// <remarks>
/// The layers run in the order in which they are written. All of them stand on one declaration of the class, and the first
/// is <see cref="InputAttribute"/>. Structs are allowed as a target only so that the compile-time message names the mistake.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class NetworkAttribute : Attribute;
