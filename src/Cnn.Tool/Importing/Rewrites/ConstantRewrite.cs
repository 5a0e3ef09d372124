namespace Cnn.Tool.Importing.Rewrites;

/// <summary>
/// Constants that are added to or multiplied with each channel. Right behind a layer with a weight they go into its parameters, as training would
/// have put them there. Elsewhere they become a Normalize, or, where the numbers are many or not those of a normalisation, a Scale.
/// </summary>
internal static class ConstantRewrite
{
    /// <summary>As many channels as images have; more numbers belong into a file, not into a declaration.</summary>
    private const int MostWritten = 4;

    private static readonly string[] Affine = ["add", "subtract", "multiply", "divide", "subtractFrom"];

    /// <summary>Whether an operation is one that <see cref="MakeLayer"/> makes a layer of, or has told why not.</summary>
    public static bool IsPart(Layer layer) => Affine.Contains(layer.Kind) || ElementRewrite.IsPart(layer);

    public static bool TryFold(Layer layer, LayerReaders readers)
    {
        if (!Affine.Contains(layer.Kind) || layer.Input.Kind is not ("Conv" or "Linear" or "ConvTranspose" or "BatchNorm") || readers.Only(layer.Input) is null)
            return false;
        Layer before = layer.Input;
        // All of a run at once, since each scaling costs a copy of the weight.
        List<Layer> run = [layer];
        while (readers.Only(run[^1]) is { } next && Affine.Contains(next.Kind))
            run.Add(next);
        (double[] scale, double[] shift) = ScaleAndShift(run, before.Channels);
        bool scales = scale.Any(value => value != 1);
        if (before.Has("Frozen", "true") || (scales && before.Kind == "ConvTranspose"))
            return false;
        Tensor weight = before.Parameter("weight")!;
        if (scales)
            weight = ScaledRows(weight, scale);
        float[] bias = before.Parameter("bias")?.Reals ?? new float[before.Channels];
        bias = [.. bias.Select((value, channel) => (float)((value * scale[channel]) + shift[channel]))];
        // What leaves the range of floats when it is multiplied out stays a layer of its own.
        if (!bias.All(float.IsFinite) || (scales && !weight.Reals.All(float.IsFinite)))
            return false;
        if (scales)
            before.SetParameter("weight", weight);
        if (before.Parameter("bias") is not null || bias.Any(value => value != 0))
        {
            before.Options.Remove(("Bias", "false"));
            before.SetParameter("bias", Tensor.OfReals([before.Channels], bias));
        }

        foreach (Layer step in run)
            readers.Bypass(step);
        return true;
    }

    /// <summary>Makes one layer of a run of constants.</summary>
    /// <param name="layer">The last of the run; nothing is made of others.</param>
    /// <param name="readers">Who reads what.</param>
    /// <returns>Why there is no such layer; null where one was made, or nothing had to be.</returns>
    public static string? MakeLayer(Layer layer, LayerReaders readers)
    {
        bool isLast = IsPart(layer) && !(readers.Only(layer) is { } reader && IsPart(reader));
        if (!isLast)
            return null;
        List<Layer> run = [layer];
        while (IsPart(run[^1].Input) && readers.Only(run[^1].Input) == run[^1])
            run.Add(run[^1].Input);
        run.Reverse();
        Layer input = run[0].Input;
        if (run.Exists(ElementRewrite.IsPart))
            return ElementRewrite.MakeLayer(layer, run, input, readers);
        (double[] scale, double[] shift) = ScaleAndShift(run, input.Channels);
        if (!Array.TrueForAll(scale, IsFinite) || !Array.TrueForAll(shift, IsFinite))
            return "it multiplies or adds what is infinite or not a number, or divides by 0";
        bool isNormalisation = run.All(step => step.Kind is "subtract" or "add")
            || (run.Count <= 2 && run[^1].Kind == "divide" && run[0].Kind is "subtract" or "add" or "divide");
        IEnumerable<double> means = scale.Zip(shift, (by, offset) => offset == 0 ? 0 : -offset / by);
        bool isPositive = Array.TrueForAll(scale, by => by > 0 && float.IsNormal((float)by) && float.IsNormal((float)(1 / by)))
            && means.All(mean => float.IsFinite((float)mean));
        if (input.Channels <= MostWritten && isPositive && isNormalisation)
            readers.Become(layer, "Normalize", input, ("Mean", Literal.Of(means)), ("Deviation", Literal.Of(scale.Select(by => 1 / by))));
        else
            MakeScale(layer, readers, input, scale, shift);
        return null;
    }

    private static void MakeScale(Layer layer, LayerReaders readers, Layer input, double[] scale, double[] shift)
    {
        bool hasBias = shift.Any(value => value != 0);
        readers.Become(layer, "Scale", input, hasBias ? [("Bias", "true")] : []);
        layer.SetParameter("weight", Tensor.OfReals([input.Channels], [.. scale.Select(value => (float)value)]));
        if (hasBias)
            layer.SetParameter("bias", Tensor.OfReals([input.Channels], [.. shift.Select(value => (float)value)]));
    }

    /// <summary>y = scale x + shift of a run of operations, one number a channel.</summary>
    /// <param name="run">The operations, the first one first.</param>
    /// <param name="channels">How many there are.</param>
    private static (double[] Scale, double[] Shift) ScaleAndShift(IEnumerable<Layer> run, int channels)
    {
        double[] scale = [.. Enumerable.Repeat(1.0, channels)];
        double[] shift = new double[channels];
        foreach (Layer step in run)
        {
            Func<double, double, double, (double Scale, double Shift)> apply = Step(step.Kind);
            for (int channel = 0; channel < channels; channel++)
                (scale[channel], shift[channel]) = apply(scale[channel], shift[channel], step.Constants[step.Constants.Length == 1 ? 0 : channel]);
        }

        return (scale, shift);
    }

    /// <summary>What an operation makes of y = by x + offset.</summary>
    public static Func<double, double, double, (double Scale, double Shift)> Step(string kind) => kind switch
    {
        "add" or "shiftEach" => static (by, offset, constant) => (by, offset + constant),
        "subtract" => static (by, offset, constant) => (by, offset - constant),
        "multiply" or "scaleEach" => static (by, offset, constant) => (by * constant, offset * constant),
        "divide" => static (by, offset, constant) => (by / constant, offset / constant),
        _ => static (by, offset, constant) => (-by, constant - offset),
    };

    public static bool IsFinite(double value) => float.IsFinite((float)value);

    private static Tensor ScaledRows(Tensor weight, double[] scale)
    {
        int row = weight.Length / scale.Length;
        return Tensor.OfReals(weight.Shape, [.. weight.Reals.Select((value, index) => (float)(value * scale[index / row]))]);
    }
}
