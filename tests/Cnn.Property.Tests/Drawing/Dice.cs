using CsCheck;

namespace Cnn.Property.Tests.Drawing;

/// <summary>Small choices from CsCheck's generator.</summary>
internal sealed class Dice(PCG random)
{
    public int Below(int count) => (int)random.Next((uint)count);

    /// <summary>Both ends included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    public float Real(double low, double high) => (float)(low + ((high - low) * Below(1 << 24) / (1 << 24)));

    public bool Chance(int percent) => Below(100) < percent;

    public T Pick<T>(params IReadOnlyList<T> choices) => choices[Below(choices.Count)];
}
