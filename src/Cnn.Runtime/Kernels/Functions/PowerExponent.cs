namespace Cnn.CompilerServices;

/// <summary>A constant exponent, with what is needed of it for each power.</summary>
internal readonly struct PowerExponent
{
    /// <summary>The magnitude from which on all floats are even.</summary>
    private const float AllEven = 16777216f;

    public PowerExponent(float value)
    {
        Value = value;
        High = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value) & ~0xFFF);
        Low = value - High;
        IsWhole = float.Floor(value) == value;
        IsOdd = IsWhole && float.Abs(value) < AllEven && (int)value % 2 != 0;
    }

    public float Value { get; }

    /// <summary>The leading 12 bits of the significand: products with as many bits are exact.</summary>
    public float High { get; }

    /// <summary>The rest of it.</summary>
    public float Low { get; }

    public bool IsWhole { get; }

    public bool IsOdd { get; }
}
