using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Layers;

/// <summary>y = weight (x - mean) / sqrt(variance + epsilon) + bias, where mean and biased variance are those of a set of elements.</summary>
internal static class Normalisation
{
    /// <param name="pass">The layer's.</param>
    /// <param name="epsilon">Keeps the divisor from being 0.</param>
    /// <param name="setOf">From the index of an element to the set that it is normalised in.</param>
    /// <param name="parameterOf">From the index of an element to that of its weight and bias.</param>
    public static Evaluation Evaluate(LayerPass pass, double epsilon, Func<int, int> setOf, Func<int, int> parameterOf)
    {
        (FeatureMap x, FeatureMap y) = (pass.Input, pass.NewOutput());
        (OracleParameter? weight, OracleParameter? bias) = (pass.Find("weight"), pass.Find("bias"));
        int[][] sets = [.. Enumerable.Range(0, x.Values.Length).GroupBy(setOf).Select(set => set.ToArray())];
        double[] normalised = new double[x.Values.Length];
        double[] deviations = new double[sets.Length];
        for (int set = 0; set < sets.Length; set++)
        {
            double mean = sets[set].Average(index => x.Values[index]);
            double variance = sets[set].Average(index => (x.Values[index] - mean) * (x.Values[index] - mean));
            deviations[set] = Math.Sqrt(variance + epsilon);
            pass.Doubts.Amplified(sets[set].Max(index => Math.Abs(x.Values[index])) / deviations[set]);
            foreach (int index in sets[set])
            {
                normalised[index] = (x.Values[index] - mean) / deviations[set];
                y.Values[index] = (normalised[index] * (weight?.Values[parameterOf(index)] ?? 1)) + (bias?.Values[parameterOf(index)] ?? 0);
            }
        }

        return new Evaluation(y, dy =>
        {
            FeatureMap dx = x.Empty();
            for (int set = 0; set < sets.Length; set++)
            {
                double Scaled(int index) => dy.Values[index] * (weight?.Values[parameterOf(index)] ?? 1);
                double mean = sets[set].Average(Scaled);
                double projection = sets[set].Average(index => Scaled(index) * normalised[index]);
                foreach (int index in sets[set])
                    dx.Values[index] = (Scaled(index) - mean - (normalised[index] * projection)) / deviations[set];
            }

            AddParameterGradients(weight, bias, dy, normalised, parameterOf);
            return [dx];
        });
    }

    public static void AddParameterGradients(OracleParameter? weight, OracleParameter? bias, FeatureMap dy, double[] normalised, Func<int, int> parameterOf)
    {
        for (int index = 0; weight is not null && bias is not null && index < normalised.Length; index++)
        {
            weight.Gradients[parameterOf(index)] += dy.Values[index] * normalised[index];
            bias.Gradients[parameterOf(index)] += dy.Values[index];
        }
    }

    public static OracleParameter[] Affine(bool affine, params int[] shape) => affine ? [OracleParameter.Scale(shape), OracleParameter.Bias(shape)] : [];
}

/// <summary>Per channel over all images: the batch's statistics in training, the running ones elsewhere and where it is frozen.</summary>
internal sealed record BatchNormLayer : Layer
{
    public override string Kind => "BatchNorm";

    public double Epsilon { get; init; } = 1e-5;

    public double Momentum { get; init; } = 0.1;

    public bool Affine { get; init; } = true;

    protected override IEnumerable<string> Arguments =>
        [.. Optional("Epsilon", Epsilon, 1e-5), .. Optional("Momentum", Momentum, 0.1), .. Optional("Affine", Affine, true)];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0];

    public override IEnumerable<OracleParameter> Parameters(MapShape input) =>
    [
        .. Normalisation.Affine(Affine, input.Channels),
        new OracleParameter("running_mean", input.Channels) { IsTrainable = false },
        new OracleParameter("running_var", input.Channels) { IsTrainable = false, Range = (0.3, 1.3) },
    ];

    public override Evaluation Evaluate(LayerPass pass)
    {
        FeatureMap x = pass.Input;
        int Channel(int index) => index / x.Shape.Positions % x.Shape.Channels;
        if (!pass.Training || Frozen)
            return EvaluateRunning(pass, Channel);
        FollowBatch(pass);
        return Normalisation.Evaluate(pass, Rounded(Epsilon), Channel, Channel);
    }

    private Evaluation EvaluateRunning(LayerPass pass, Func<int, int> channel)
    {
        (FeatureMap x, FeatureMap y) = (pass.Input, pass.NewOutput());
        (OracleParameter? weight, OracleParameter? bias) = (pass.Find("weight"), pass.Find("bias"));
        (double[] mean, double[] variance) = (pass.Get("running_mean").Values, pass.Get("running_var").Values);
        double[] normalised = [.. x.Values.Select((value, index) => (value - mean[channel(index)]) / Math.Sqrt(variance[channel(index)] + Rounded(Epsilon)))];
        for (int index = 0; index < normalised.Length; index++)
            y.Values[index] = (normalised[index] * (weight?.Values[channel(index)] ?? 1)) + (bias?.Values[channel(index)] ?? 0);
        return new Evaluation(y, dy =>
        {
            FeatureMap dx = x.Empty();
            for (int index = 0; index < normalised.Length; index++)
                dx.Values[index] = dy.Values[index] * (weight?.Values[channel(index)] ?? 1) / Math.Sqrt(variance[channel(index)] + Rounded(Epsilon));
            Normalisation.AddParameterGradients(weight, bias, dy, normalised, channel);
            return [dx];
        });
    }

    /// <summary>The running variance follows the unbiased one.</summary>
    private void FollowBatch(LayerPass pass)
    {
        FeatureMap x = pass.Input;
        for (int channel = 0; channel < x.Shape.Channels; channel++)
        {
            double[] values = [.. x.Values.Where((_, index) => index / x.Shape.Positions % x.Shape.Channels == channel)];
            double mean = values.Average();
            double variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
            Move(ref pass.Get("running_mean").Values[channel], mean);
            Move(ref pass.Get("running_var").Values[channel], variance);
        }
    }

    private void Move(ref double running, double batch) => running = ((1 - Rounded(Momentum)) * running) + (Rounded(Momentum) * batch);
}

/// <summary>Over everything of one image, with a weight and a bias for each element; or over the channels of each position, with one a channel.</summary>
internal sealed record LayerNormLayer : Layer
{
    public override string Kind => "LayerNorm";

    public double Epsilon { get; init; } = 1e-5;

    public bool Affine { get; init; } = true;

    public bool ChannelsOnly { get; init; }

    protected override IEnumerable<string> Arguments =>
        [.. Optional("Epsilon", Epsilon, 1e-5), .. Optional("Affine", Affine, true), .. Optional("ChannelsOnly", ChannelsOnly, false)];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0];

    public override IEnumerable<OracleParameter> Parameters(MapShape input) =>
        Normalisation.Affine(Affine, ChannelsOnly ? [input.Channels] : [input.Channels, .. input.Axes]);

    public override Evaluation Evaluate(LayerPass pass)
    {
        (int length, int positions) = (pass.Input.Shape.Length, pass.Input.Shape.Positions);
        return ChannelsOnly
            ? Normalisation.Evaluate(pass, Rounded(Epsilon), index => (index / length * positions) + (index % positions), index => index % length / positions)
            : Normalisation.Evaluate(pass, Rounded(Epsilon), index => index / length, index => index % length);
    }
}

/// <summary>Over the map of each channel of each image.</summary>
internal sealed record InstanceNormLayer : Layer
{
    public override string Kind => "InstanceNorm";

    public double Epsilon { get; init; } = 1e-5;

    public bool Affine { get; init; }

    protected override IEnumerable<string> Arguments => [.. Optional("Epsilon", Epsilon, 1e-5), .. Optional("Affine", Affine, false)];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0];

    public override IEnumerable<OracleParameter> Parameters(MapShape input) => Normalisation.Affine(Affine, input.Channels);

    public override Evaluation Evaluate(LayerPass pass)
    {
        MapShape shape = pass.Input.Shape;
        return Normalisation.Evaluate(pass, Rounded(Epsilon), index => index / shape.Positions, index => index / shape.Positions % shape.Channels);
    }
}

/// <summary>Over the maps of some neighbouring channels of each image, with a weight and a bias a channel.</summary>
internal sealed record GroupNormLayer(int Groups) : Layer
{
    public override string Kind => "GroupNorm";

    public double Epsilon { get; init; } = 1e-5;

    public bool Affine { get; init; } = true;

    protected override IEnumerable<string> Arguments => [.. Numbers([Groups]), .. Optional("Epsilon", Epsilon, 1e-5), .. Optional("Affine", Affine, true)];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0];

    public override IEnumerable<OracleParameter> Parameters(MapShape input) => Normalisation.Affine(Affine, input.Channels);

    public override Evaluation Evaluate(LayerPass pass)
    {
        MapShape shape = pass.Input.Shape;
        return Normalisation.Evaluate(pass, Rounded(Epsilon), index => index / (shape.Length / Groups), index => index / shape.Positions % shape.Channels);
    }
}

/// <summary>
/// x / (k + alpha / size * sum of the squares of the channels around it)^beta; of an even size, one more channel before it than behind it (PyTorch's
/// LocalResponseNorm).
/// </summary>
internal sealed record LocalResponseNormLayer(int Size) : Layer
{
    public override string Kind => "LocalResponseNorm";

    public double Alpha { get; init; } = 1e-4;

    public double Beta { get; init; } = 0.75;

    public double K { get; init; } = 1;

    protected override IEnumerable<string> Arguments =>
        [.. Numbers([Size]), .. Optional("Alpha", Alpha, 1e-4), .. Optional("Beta", Beta, 0.75), .. Optional("K", K, 1.0)];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0];

    public override Evaluation Evaluate(LayerPass pass)
    {
        (FeatureMap x, FeatureMap y) = (pass.Input, pass.NewOutput());
        (double share, double beta) = (Rounded(Alpha) / Size, Rounded(Beta));
        double[] bases = new double[x.Values.Length];
        for (int index = 0; index < bases.Length; index++)
        {
            bases[index] = Rounded(K) + (share * Around(x, index).Sum(other => x.Values[other] * x.Values[other]));
            y.Values[index] = x.Values[index] * Math.Pow(bases[index], -beta);
        }

        return new Evaluation(y, dy =>
        {
            FeatureMap dx = x.Empty();
            for (int index = 0; index < bases.Length; index++)
            {
                dx.Values[index] += dy.Values[index] * Math.Pow(bases[index], -beta);
                foreach (int other in Around(x, index))
                    dx.Values[other] -= dy.Values[index] * x.Values[index] * beta * Math.Pow(bases[index], -beta - 1) * 2 * share * x.Values[other];
            }

            return [dx];
        });
    }

    /// <summary>The same position in the channels that a channel is compared with.</summary>
    private IEnumerable<int> Around(FeatureMap x, int index)
    {
        (int positions, int channels) = (x.Shape.Positions, x.Shape.Channels);
        int channel = index / positions % channels;
        for (int other = Math.Max(0, channel - (Size / 2)); other <= Math.Min(channels - 1, channel + ((Size - 1) / 2)); other++)
            yield return index + ((other - channel) * positions);
    }
}

/// <summary>y = weight x + bias, per channel, position or element.</summary>
internal sealed record ScaleLayer : Layer
{
    public override string Kind => "Scale";

    public bool Factor { get; init; } = true;

    /// <summary>What factors start from; parameters are drawn anew in every test.</summary>
    public double Start { get; init; } = 1;

    public bool Bias { get; init; }

    /// <summary>As the product's enumeration.</summary>
    public ScaleOver Over { get; init; }

    protected override IEnumerable<string> Arguments =>
    [
        .. Optional("Factor", Factor, true),
        .. Optional("Start", Start, 1),
        .. Optional("Bias", Bias, false),
        .. Over == ScaleOver.Channels ? Array.Empty<string>() : [$"Over = ScaleOver.{Over}"],
    ];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0];

    public override IEnumerable<OracleParameter> Parameters(MapShape input)
    {
        int[] shape = Over switch
        {
            ScaleOver.Channels => [input.Channels],
            ScaleOver.Positions => [.. input.Axes],
            _ => [input.Channels, .. input.Axes],
        };
        if (Factor)
            yield return OracleParameter.Scale(shape);
        if (Bias)
            yield return OracleParameter.Bias(shape);
    }

    public override Evaluation Evaluate(LayerPass pass)
    {
        (FeatureMap x, FeatureMap y) = (pass.Input, pass.NewOutput());
        (OracleParameter? weight, OracleParameter? bias) = (pass.Find("weight"), pass.Find("bias"));
        int Place(int index) => Over switch
        {
            ScaleOver.Channels => index / x.Shape.Positions % x.Shape.Channels,
            ScaleOver.Positions => index % x.Shape.Positions,
            _ => index % x.Shape.Length,
        };
        for (int index = 0; index < y.Values.Length; index++)
            y.Values[index] = ((weight?.Values[Place(index)] ?? 1) * x.Values[index]) + (bias?.Values[Place(index)] ?? 0);
        return new Evaluation(y, dy =>
        {
            FeatureMap dx = x.Empty();
            for (int index = 0; index < dx.Values.Length; index++)
            {
                dx.Values[index] = dy.Values[index] * (weight?.Values[Place(index)] ?? 1);
                if (weight is not null)
                    weight.Gradients[Place(index)] += dy.Values[index] * x.Values[index];
                if (bias is not null)
                    bias.Gradients[Place(index)] += dy.Values[index];
            }

            return [dx];
        });
    }
}
