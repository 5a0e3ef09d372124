namespace Cnn.Training.Tests.Optimizers;

/// <summary>PyTorch's documented update rules for one parameter, line by line in double.</summary>
internal sealed class ReferenceOptimizer(Func<ReferenceOptimizer, double, double, int, double> rule)
{
    private double? _buffer;
    private double _mean;
    private double _square;

    public double Step(double weight, double gradient, int step) => rule(this, weight, gradient, step);

    /// <summary>torch.optim.SGD.</summary>
    public static ReferenceOptimizer Sgd(double rate, double momentum = 0, double decay = 0, bool nesterov = false) => new((state, w, g, step) =>
    {
        g += decay * w;
        if (momentum != 0)
        {
            state._buffer = state._buffer is double before ? (momentum * before) + g : g;
            g = nesterov ? g + (momentum * state._buffer.Value) : state._buffer.Value;
        }

        return w - (rate * g);
    });

    /// <summary>torch.optim.Adam, and AdamW if decoupled.</summary>
    public static ReferenceOptimizer Adam(
        double rate, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double decay = 0, bool decoupled = false) => new((state, w, g, step) =>
    {
        if (decoupled)
            w -= rate * decay * w;
        else
            g += decay * w;
        state._mean = (beta1 * state._mean) + ((1 - beta1) * g);
        state._square = (beta2 * state._square) + ((1 - beta2) * g * g);
        double mean = state._mean / (1 - Math.Pow(beta1, step));
        double square = state._square / (1 - Math.Pow(beta2, step));
        return w - (rate * mean / (Math.Sqrt(square) + epsilon));
    });

    /// <summary>torch.optim.RMSprop, not centred.</summary>
    public static ReferenceOptimizer RmsProp(double rate, double alpha = 0.99, double epsilon = 1e-8, double decay = 0, double momentum = 0) =>
        new((state, w, g, step) =>
        {
            g += decay * w;
            state._square = (alpha * state._square) + ((1 - alpha) * g * g);
            double direction = g / (Math.Sqrt(state._square) + epsilon);
            if (momentum == 0)
                return w - (rate * direction);
            state._buffer = (momentum * (state._buffer ?? 0)) + direction;
            return w - (rate * state._buffer.Value);
        });
}
