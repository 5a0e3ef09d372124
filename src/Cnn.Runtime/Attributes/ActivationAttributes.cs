namespace Cnn;

/// <summary>max(0, x).</summary>
public sealed class ReLUAttribute : LayerAttribute;

/// <summary>min(max(0, x), 6).</summary>
public sealed class ReLU6Attribute : LayerAttribute;

/// <summary>x where x is positive, else slope * x.</summary>
public sealed class LeakyReLUAttribute : LayerAttribute
{
    /// <summary>The slope for negative inputs. Default 0.01.</summary>
    public double Slope { get; set; } = 0.01;
}

/// <summary>x where x is positive, else alpha * (exp(x) - 1) (Clevert et al., arXiv 1511.07289).</summary>
public sealed class ELUAttribute : LayerAttribute
{
    /// <summary>The limit for large negative inputs is -alpha. Default 1.</summary>
    public double Alpha { get; set; } = 1;
}

/// <summary>max(0, x) + min(0, alpha * (exp(x / alpha) - 1)) (Barron, arXiv 1704.07483).</summary>
public sealed class CELUAttribute : LayerAttribute
{
    /// <summary>The limit for large negative inputs is -alpha. Not 0. Default 1.</summary>
    public double Alpha { get; set; } = 1;
}

/// <summary>1.0507... * (x where x is positive, else 1.67326... * (exp(x) - 1)) (Klambauer et al., arXiv 1706.02515).</summary>
public sealed class SELUAttribute : LayerAttribute;

/// <summary>x times the normal distribution function of x (Hendrycks and Gimpel, arXiv 1606.08415).</summary>
public sealed class GELUAttribute : LayerAttribute
{
    /// <summary>Whether the approximation by tanh is used, as PyTorch's <c>approximate='tanh'</c>. Default false.</summary>
    public bool Tanh { get; set; }
}

/// <summary>x * sigmoid(x) (swish).</summary>
public sealed class SiLUAttribute : LayerAttribute;

/// <summary>x * tanh(softplus(x)) (Misra, arXiv 1908.08681).</summary>
public sealed class MishAttribute : LayerAttribute;

/// <summary>1 / (1 + exp(-x)). Not for use before binary cross entropy, which contains it.</summary>
public sealed class SigmoidAttribute : LayerAttribute;

/// <summary>The hyperbolic tangent.</summary>
public sealed class TanhAttribute : LayerAttribute;

/// <summary>log(1 + exp(x)); x itself where x is more than 20, as PyTorch.</summary>
public sealed class SoftplusAttribute : LayerAttribute;

/// <summary>x / (1 + |x|).</summary>
public sealed class SoftsignAttribute : LayerAttribute;

/// <summary>min(max(0, alpha * x + beta), 1).</summary>
public sealed class HardSigmoidAttribute : LayerAttribute
{
    /// <summary>The slope. Default 1/6.</summary>
    public double Alpha { get; set; } = 1.0 / 6.0;

    /// <summary>The value at 0. Default 0.5.</summary>
    public double Beta { get; set; } = 0.5;
}

/// <summary>x * min(max(0, x + 3), 6) / 6 (Howard et al., arXiv 1905.02244).</summary>
public sealed class HardSwishAttribute : LayerAttribute;

/// <summary>min(max(min, x), max).</summary>
public sealed class ClipAttribute : LayerAttribute
{
    /// <summary>Clips nothing until <see cref="Min"/> or <see cref="Max"/> is set.</summary>
    public ClipAttribute()
    {
    }

    /// <summary>Clips to [min, max].</summary>
    /// <param name="min">The lower limit.</param>
    /// <param name="max">The upper limit.</param>
    public ClipAttribute(double min, double max)
    {
        Min = min;
        Max = max;
    }

    /// <summary>The lower limit. Default: none.</summary>
    public double Min { get; set; } = double.NegativeInfinity;

    /// <summary>The upper limit. Default: none.</summary>
    public double Max { get; set; } = double.PositiveInfinity;
}
