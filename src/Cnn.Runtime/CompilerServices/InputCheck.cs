using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Cnn.CompilerServices;

/// <summary>Checks what a user hands to a trainer or a predictor.</summary>
internal static class InputCheck
{
    /// <summary>How many images the inputs are.</summary>
    /// <exception cref="ArgumentException">Not a whole number of them, none, or more than the capacity.</exception>
    public static int Images(ReadOnlySpan<float> inputs, int inputLength, int capacity)
    {
        int images = inputs.Length / inputLength;
        if (images * inputLength != inputs.Length || images == 0 || images > capacity)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{Given(inputs.Length, "input float", "input floats")}; needed are {inputLength} for each input, "
                    + $"and {(capacity == 1 ? "1 input" : FormattableString.Invariant($"1 to {capacity} inputs"))} (the batch size). "
                    + $"Pass whole inputs one after the other, or make the batch size larger."),
                nameof(inputs));
        }

        return images;
    }

    /// <summary>Throws if a length is not the expected one.</summary>
    /// <param name="given">How many came.</param>
    /// <param name="expected">How many were to come.</param>
    /// <param name="name">The argument's name.</param>
    /// <param name="one">What one of them is.</param>
    /// <param name="many">What several of them are.</param>
    public static void Length(int given, int expected, string name, string one, string many)
    {
        if (given != expected)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{Given(given, one, many)}; expected are {expected} for the inputs that came with them."), name);
        }
    }

    /// <summary>Throws if a number is NaN or infinite.</summary>
    public static void Finite(ReadOnlySpan<float> values, int perImage, string name)
    {
        if (AllFinite(values))
            return;
        int index = 0;
        while (float.IsFinite(values[index]))
            index++;
        throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"Element {index % perImage} of image {index / perImage} in {name} is {values[index]}: "
                + $"training needs finite numbers. Nothing was changed; clean the data, or leave the image out."),
            name);
    }

    private static string Given(int count, string one, string many) => $"{CountFormat.Of(count, one, many)} {(count == 1 ? "was" : "were")} given";

    /// <summary>x * 0 is 0 for finite x and NaN for the others, and a sum keeps a NaN.</summary>
    private static bool AllFinite(ReadOnlySpan<float> values)
    {
        Vector256<float> sum = Vector256<float>.Zero;
        ref float start = ref MemoryMarshal.GetReference(values);
        int index = 0;
        for (; index <= values.Length - Vector256<float>.Count; index += Vector256<float>.Count)
            sum += Vector256.LoadUnsafe(ref start, (nuint)index) * Vector256<float>.Zero;
        float rest = Vector256.Sum(sum);
        for (; index < values.Length; index++)
            rest += values[index] * 0;
        return rest == 0;
    }
}
