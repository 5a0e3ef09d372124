using Cnn.Data;

namespace SensorSample;

/// <summary>What an accelerometer at a belt would say, in units of gravity, 50 times a second: rest, walking, running and a fall.</summary>
internal static class Motion
{
    /// <summary>Samples of one window.</summary>
    public const int Length = 128;

    /// <summary>In the order of the classes.</summary>
    public static readonly string[] Kinds = ["rest", "walking", "running", "fall"];

    /// <summary>Makes windows.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The same seed gives the same windows.</param>
    public static ImageDataset Create(int count, int seed)
    {
        Random random = new(seed);
        float[] values = new float[count * 3 * Length];
        int[] kinds = new int[count];
        for (int window = 0; window < count; window++)
        {
            kinds[window] = random.Next(Kinds.Length);
            Write(values.AsSpan(window * 3 * Length, 3 * Length), kinds[window], random);
        }

        return new ImageDataset(values, kinds, [3, Length], Kinds.Length);
    }

    private static void Write(Span<float> window, int kind, Random random)
    {
        // Steps a second and their force; people differ, and so do the ways in which they wear the sensor.
        (double pace, double force) = kind switch
        {
            1 => (1.4 + (0.8 * random.NextDouble()), 0.15 + (0.25 * random.NextDouble())),
            2 => (2.0 + (1.0 * random.NextDouble()), 0.35 + (0.5 * random.NextDouble())),
            _ => (1 + random.NextDouble(), 0.25 * random.NextDouble() * (kind == 3 ? 1 : 0.2)),
        };
        double phase = 2 * Math.PI * random.NextDouble(), tilt = 0.6 * (random.NextDouble() - 0.5), noise = 0.05 + (0.15 * random.NextDouble());
        int impact = random.Next(20, Length - 20);
        for (int sample = 0; sample < Length; sample++)
        {
            double step = (2 * Math.PI * pace * sample / 50) + phase;
            double up = 1 + (force * Math.Sin(step)) + (0.4 * force * Math.Sin((2 * step) + 1));
            double ahead = 0.5 * force * Math.Cos(step);
            if (kind == 3)
                up += Fall(sample - impact, out bool lies) + (lies ? -0.8 : 0);
            window[sample] = (float)((ahead * Math.Cos(tilt)) + (up * Math.Sin(tilt)) + Noise());
            window[Length + sample] = (float)((0.3 * force * Math.Sin(step / 2)) + Noise());
            window[(2 * Length) + sample] = (float)((up * Math.Cos(tilt)) - (ahead * Math.Sin(tilt)) + Noise());
        }

        double Noise() => noise * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5);
    }

    /// <summary>Weightless for a moment, then a blow that rings out.</summary>
    private static double Fall(int time, out bool lies)
    {
        lies = time > 8;
        return time switch
        {
            < -10 => 0,
            < 0 => -0.7,
            _ => 1.6 * Math.Exp(-time / 4.0) * Math.Cos(1.3 * time),
        };
    }
}
