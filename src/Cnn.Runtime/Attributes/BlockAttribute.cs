namespace Cnn;

/// <summary>Marks a class whose layer attributes are a part of networks, used as one layer by <see cref="BlockAttribute{TBlock}"/>.</summary>
/// <remarks>
/// Its arguments are its own <c>const int</c> members in the order in which they are declared, and their values are the defaults. Arguments of
/// its layers are expressions over them, which are evaluated anew at each use. A block has no <see cref="InputAttribute"/>: its shapes follow from
/// what it is used on. Inside it, names are local, and <c>"input"</c> names what the block takes: <c>From = "input"</c>. The output of its last layer
/// is the block's. Structs are allowed as a target only so that the compile-time message names the mistake.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class BlockAttribute : Attribute;
