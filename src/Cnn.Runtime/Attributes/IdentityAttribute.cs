namespace Cnn;

/// <summary>Passes its input on; useful to name an output.</summary>
public sealed class IdentityAttribute : LayerAttribute;
