using System.Globalization;

namespace Cnn.Training;

/// <summary>How often each class was taken for each.</summary>
public sealed class ConfusionMatrix
{
    private readonly long[] _counts;
    private readonly long[] _unpredicted;

    /// <summary>With nothing counted yet.</summary>
    /// <param name="classes">At least 1.</param>
    public ConfusionMatrix(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Classes = classes;
        _counts = new long[checked(classes * classes)];
        _unpredicted = new long[classes];
    }

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>Inputs that were counted, with those for which no class was predicted.</summary>
    public long Count => _counts.Sum() + Unpredicted;

    /// <summary>Inputs for which no class was predicted, because every output was NaN. None of them is right.</summary>
    public long Unpredicted => _unpredicted.Sum();

    /// <summary>Inputs whose class was found.</summary>
    public long Correct => Enumerable.Range(0, Classes).Sum(index => this[index, index]);

    /// <summary>The part that was right, from 0 to 1; 0 if nothing was counted.</summary>
    public double Accuracy => Ratio(Correct, Count);

    /// <summary>The mean of the classes' <see cref="F1"/>.</summary>
    public double MeanF1 => Enumerable.Range(0, Classes).Average(F1);

    /// <summary>How many inputs of one class were taken for another.</summary>
    /// <param name="truth">The class that they have.</param>
    /// <param name="predicted">The class that was predicted.</param>
    public long this[int truth, int predicted] => _counts[Place(truth, predicted)];

    /// <summary>Counts an input.</summary>
    /// <param name="truth">The class that it has.</param>
    /// <param name="predicted">The class that was predicted, or <see cref="Logits.NoClass"/>.</param>
    public void Add(int truth, int predicted)
    {
        if (predicted == Logits.NoClass)
            _unpredicted[Place(truth, truth) / Classes]++;
        else
            _counts[Place(truth, predicted)]++;
    }

    /// <summary>How many inputs of one class had no prediction.</summary>
    /// <param name="truth">The class that they have.</param>
    public long UnpredictedOf(int truth) => _unpredicted[Place(truth, truth) / Classes];

    /// <summary>Of the inputs that were taken for a class, the part that belongs to it; 0 if none was.</summary>
    /// <param name="index">The class.</param>
    public double Precision(int index) => Ratio(this[index, index], Enumerable.Range(0, Classes).Sum(truth => this[truth, index]));

    /// <summary>Of the inputs that belong to a class, the part that was taken for it; 0 if there is none.</summary>
    /// <param name="index">The class.</param>
    public double Recall(int index) => Ratio(this[index, index], Enumerable.Range(0, Classes).Sum(predicted => this[index, predicted]) + UnpredictedOf(index));

    /// <summary>The harmonic mean of precision and recall; 0 if both are.</summary>
    /// <param name="index">The class.</param>
    public double F1(int index)
    {
        double sum = Precision(index) + Recall(index);
        return sum == 0 ? 0 : 2 * Precision(index) * Recall(index) / sum;
    }

    /// <summary>Truth downwards, prediction to the right.</summary>
    public override string ToString()
    {
        int width = Math.Max(2, _counts.Max().ToString(CultureInfo.InvariantCulture).Length) + 1;
        IEnumerable<int> classes = Enumerable.Range(0, Classes);
        string head = string.Concat(classes.Select(index => index.ToString(CultureInfo.InvariantCulture).PadLeft(width)));
        IEnumerable<string> rows = classes.Select(truth => truth.ToString(CultureInfo.InvariantCulture).PadLeft(5)
            + string.Concat(classes.Select(found => this[truth, found].ToString(CultureInfo.InvariantCulture).PadLeft(width))));
        return string.Join(Environment.NewLine, ["truth" + head, .. rows]);
    }

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private int Place(int truth, int predicted)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)truth, (uint)Classes, nameof(truth));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)predicted, (uint)Classes, nameof(predicted));
        return (truth * Classes) + predicted;
    }
}
