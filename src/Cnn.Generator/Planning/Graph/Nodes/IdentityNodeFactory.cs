using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Identity is no node.</summary>
internal sealed class IdentityNodeFactory : NodeFactory<IdentitySpec>
{
    public override Node? Make(NodeSite site) => null;
}
