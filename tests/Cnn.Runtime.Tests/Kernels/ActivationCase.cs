using Cnn.CompilerServices;

namespace Cnn.Runtime.Tests.Kernels;

/// <summary>An activation, its formula in double, and where its derivative jumps.</summary>
public abstract record ActivationCase(string Name, Func<double, double> Formula, (float X, float Slope)[] Kinks)
{
    public abstract bool UsesOutput { get; }

    public abstract float[] Forward(float[] x);

    /// <summary>The gradient of the input for the input x; what the kernel wants saved is formed here.</summary>
    public abstract float[] Backward(float[] dy, float[] x);

    public static readonly ActivationCase[] All =
    [
        new ActivationCase<ReLUActivation>("ReLU", default, x => Math.Max(0, x), [(0f, 0f)]),
        new ActivationCase<ReLU6Activation>("ReLU6", default, x => Math.Min(Math.Max(0, x), 6), [(0f, 0f), (6f, 0f)]),
        new ActivationCase<LeakyReLUActivation>("LeakyReLU", new(0.01f), x => x > 0 ? x : 0.01f * x, [(0f, 0.01f)]),
        new ActivationCase<ELUActivation>("ELU", new(1.5f), x => x > 0 ? x : 1.5 * Oracle.Expm1(x), [(0f, 1.5f)]),
        new ActivationCase<CELUActivation>("CELU", new(1.5f), x => x > 0 ? x : 1.5 * Oracle.Expm1(x / 1.5), [(0f, 1f)]),
        new ActivationCase<SELUActivation>("SELU", default, x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Oracle.Expm1(x)), [(0f, 1.7580993f)]),
        new ActivationCase<GELUActivation>("GELU", default, x => x * (1 + Oracle.Erf(x / Math.Sqrt(2))) / 2, []),
        new ActivationCase<GELUTanhActivation>(
            "GELUTanh", default, x => x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))) / 2, []),
        new ActivationCase<SiLUActivation>("SiLU", default, x => x * Oracle.Sigmoid(x), []),
        new ActivationCase<MishActivation>("Mish", default, x => x * Math.Tanh(Oracle.Log1p(Math.Exp(x))), []),
        new ActivationCase<SigmoidActivation>("Sigmoid", default, Oracle.Sigmoid, []),
        new ActivationCase<TanhActivation>("Tanh", default, Math.Tanh, []),
        new ActivationCase<SoftplusActivation>("Softplus", default, x => x > 20 ? x : Oracle.Log1p(Math.Exp(x)), []),
        new ActivationCase<SoftsignActivation>("Softsign", default, x => x / (1 + Math.Abs(x)), []),
        new ActivationCase<HardSigmoidActivation>(
            "HardSigmoid", new(0.25f, 0.5f), x => Math.Min(Math.Max(0, 0.25 * x + 0.5), 1), [(-2f, 0f), (2f, 0f)]),
        new ActivationCase<HardSwishActivation>("HardSwish", default, x => x * Math.Min(Math.Max(0, x + 3), 6) / 6, [(-3f, 0f), (3f, 1f)]),
        new ActivationCase<ClipActivation>("Clip", new(-1f, 2f), x => Math.Min(Math.Max(-1, x), 2), [(-1f, 1f), (2f, 1f)]),
    ];
}

/// <summary>An activation of one type, run through the public kernels.</summary>
public sealed record ActivationCase<TActivation>(string Name, TActivation Activation, Func<double, double> Formula, (float X, float Slope)[] Kinks)
    : ActivationCase(Name, Formula, Kinks)
    where TActivation : struct, IActivation
{
    public override bool UsesOutput => TActivation.UsesOutput;

    public override float[] Forward(float[] x)
    {
        float[] y = TestData.Output(x.Length);
        ElementWise.Forward(Activation, ref x[0], ref y[0], x.Length);
        return TestData.Written(y);
    }

    public override float[] Backward(float[] dy, float[] x)
    {
        float[] saved = UsesOutput ? Forward(x) : x;
        float[] dx = TestData.Output(x.Length);
        ElementWise.Backward(Activation, ref dy[0], ref saved[0], ref dx[0], x.Length);
        return TestData.Written(dx);
    }
}
