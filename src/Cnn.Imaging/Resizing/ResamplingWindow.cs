namespace Cnn.Imaging.Resizing;

/// <summary>
/// Which pixels of a row, and with which weights, give each pixel of the resized one: the weights of PIL's Resample.c, as whole numbers of
/// 22 binary places.
/// </summary>
internal sealed class ResamplingWindow
{
    /// <summary>8 bits of a value and 2 of the sum's excess leave these of 32.</summary>
    public const int Places = 32 - 8 - 2;

    private readonly int[] _weights;
    private readonly int[] _starts;
    private readonly int _size;

    public ResamplingWindow(int length, int target, Resampling resampling)
    {
        double scale = (double)length / target;
        double stretch = Math.Max(scale, 1);
        double support = Support(resampling) * stretch;
        _size = ((int)Math.Ceiling(support) * 2) + 1;
        _weights = new int[checked(target * _size)];
        _starts = new int[target];
        Counts = new int[target];
        double[] weights = new double[_size];
        for (int x = 0; x < target; x++)
        {
            double center = (x + 0.5) * scale;
            int from = Math.Max(0, (int)(center - support + 0.5));
            int to = Math.Min(length, (int)(center + support + 0.5));
            _starts[x] = from;
            Counts[x] = to - from;
            double sum = 0;
            for (int i = 0; i < to - from; i++)
            {
                weights[i] = Weight(resampling, (i + from - center + 0.5) * (1 / stretch));
                sum += weights[i];
            }

            for (int i = 0; i < to - from; i++)
            {
                double weight = (sum == 0 ? weights[i] : weights[i] / sum) * (1 << Places);
                _weights[(x * _size) + i] = (int)(weight < 0 ? weight - 0.5 : weight + 0.5);
            }
        }
    }

    /// <summary>How many pixels count for each of the target.</summary>
    public int[] Counts { get; }

    /// <summary>The first pixel that counts for one of the target, and the weights from there.</summary>
    public ReadOnlySpan<int> At(int x, out int start)
    {
        start = _starts[x];
        return _weights.AsSpan(x * _size, Counts[x]);
    }

    private static double Support(Resampling resampling) => resampling switch
    {
        Resampling.Box => 0.5,
        Resampling.Bilinear => 1,
        Resampling.Bicubic => 2,
        Resampling.Lanczos => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(resampling), $"There is no resampling {(int)resampling}."),
    };

    private static double Weight(Resampling resampling, double x)
    {
        switch (resampling)
        {
            case Resampling.Box:
                return x is > -0.5 and <= 0.5 ? 1 : 0;
            case Resampling.Bilinear:
                return Math.Max(0, 1 - Math.Abs(x));
            case Resampling.Bicubic:
                const double A = -0.5;
                x = Math.Abs(x);
                return x < 1 ? ((((A + 2) * x) - (A + 3)) * x * x) + 1 : x < 2 ? ((((x - 5) * x) + 8) * x - 4) * A : 0;
            default:
                return x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0;
        }
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);
}
