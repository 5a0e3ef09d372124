namespace Cnn.Generator.Model;

/// <summary>How a pool summarises a window.</summary>
public enum PoolKind
{
    Max,
    Average,
}
