namespace Cnn;

/// <summary>What every layer attribute has: a name, the output it starts from, and whether it is frozen.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// Names the layer's output and prefixes its parameters. Letters, digits and underscores. Default: the attribute in lower
    /// case and its ordinal among all layers of its kind, as in <c>conv1</c>.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>The name of an earlier layer whose output this layer takes as input. Default: the layer before it.</summary>
    public string? From { get; set; }

    /// <summary>No gradient and no update of this layer's parameters; BatchNorm then uses its running statistics in a Trainer too.</summary>
    public bool Frozen { get; set; }
}
