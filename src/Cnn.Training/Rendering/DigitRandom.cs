namespace Cnn.Training.Rendering;

/// <summary>SplitMix64 (Steele, Lea and Flood, 2014): one generator an image, so that images can be rendered in any order.</summary>
internal struct DigitRandom(int seed, int stream, int image)
{
    private ulong _state = Mix(Mix((uint)seed + 0x9E3779B97F4A7C15) ^ (ulong)(uint)stream << 32 ^ (uint)image);

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    /// <summary>A number from 0 to <paramref name="below"/> - 1.</summary>
    public int Next(int below) => (int)(((Next() >> 32) * (ulong)below) >> 32);

    /// <summary>Uniform in a range.</summary>
    public float Uniform(float from, float to) => from + (to - from) * ((Next() >> 40) * (1f / (1 << 24)));

    /// <summary>The sum of four uniform numbers, near enough to a normal distribution: mean 0, deviation 1.</summary>
    public float Normal()
    {
        ulong bits = Next();
        float sum = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48);
        return (sum / 65536f - 2f) * 1.7320508f;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9;
        value = (value ^ value >> 27) * 0x94D049BB133111EB;
        return value ^ value >> 31;
    }
}
