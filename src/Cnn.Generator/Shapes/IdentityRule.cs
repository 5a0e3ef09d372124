using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[Identity]: the shape stays.</summary>
internal sealed class IdentityRule : LayerRule<IdentitySpec>;
