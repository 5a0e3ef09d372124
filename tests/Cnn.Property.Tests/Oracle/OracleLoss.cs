using Functions = Cnn.Runtime.Tests.Kernels.Oracle;

namespace Cnn.Property.Tests.Oracle;

public enum LossKind
{
    CrossEntropy,
    MeanSquaredError,
    MeanAbsoluteError,
    Huber,
    BinaryCrossEntropy,
}

/// <summary>A loss of the product and its definition in double; each is the mean, as PyTorch's.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Setting">The label smoothing of a cross-entropy, the delta of Huber's loss.</param>
internal sealed record OracleLoss(LossKind Kind, double Setting = 0)
{
    public bool TakesLabels => Kind == LossKind.CrossEntropy;

    public Loss Create() => Kind switch
    {
        LossKind.CrossEntropy => Loss.CrossEntropy((float)Setting),
        LossKind.MeanSquaredError => Loss.MeanSquaredError(),
        LossKind.MeanAbsoluteError => Loss.MeanAbsoluteError(),
        LossKind.Huber => Loss.Huber((float)Setting),
        _ => Loss.BinaryCrossEntropy(),
    };

    /// <param name="outputs">Of the batch.</param>
    /// <param name="targets">In the shape of the outputs, or one label a position.</param>
    /// <param name="doubts">Where close decisions are noted.</param>
    public (double Loss, FeatureMap Gradient) Evaluate(FeatureMap outputs, ReadOnlySpan<double> targets, Doubts doubts) =>
        TakesLabels ? EvaluateLabels(outputs, targets) : EvaluateElements(outputs, targets, doubts);

    private (double Loss, FeatureMap Gradient) EvaluateElements(FeatureMap outputs, ReadOnlySpan<double> targets, Doubts doubts)
    {
        FeatureMap gradient = outputs.Empty();
        double sum = 0;
        for (int index = 0; index < outputs.Values.Length; index++)
        {
            (double loss, double slope) = Term(outputs.Values[index], targets[index], doubts);
            sum += loss;
            gradient.Values[index] = slope / outputs.Values.Length;
        }

        return (sum / outputs.Values.Length, gradient);
    }

    private (double Loss, double Slope) Term(double output, double target, Doubts doubts)
    {
        double distance = output - target;
        switch (Kind)
        {
            case LossKind.MeanSquaredError:
                return (distance * distance, 2 * distance);
            case LossKind.MeanAbsoluteError:
                doubts.Decided(distance, Math.Max(Math.Abs(output), 1));
                return (Math.Abs(distance), Math.Sign(distance));
            case LossKind.Huber:
                double delta = (float)Setting;
                return Math.Abs(distance) <= delta
                    ? (distance * distance / 2, distance)
                    : (delta * (Math.Abs(distance) - (delta / 2)), delta * Math.Sign(distance));
            default:
                return (Math.Max(output, 0) - (output * target) + Functions.Log1p(Math.Exp(-Math.Abs(output))), Functions.Sigmoid(output) - target);
        }
    }

    private (double Loss, FeatureMap Gradient) EvaluateLabels(FeatureMap outputs, ReadOnlySpan<double> labels)
    {
        FeatureMap gradient = outputs.Empty();
        (int classes, int positions) = (outputs.Shape.Channels, outputs.Shape.Positions);
        double smoothing = (float)Setting;
        double sum = 0;
        for (int label = 0; label < labels.Length; label++)
        {
            int start = (label / positions * classes * positions) + (label % positions);
            double[] logits = [.. Enumerable.Range(0, classes).Select(index => outputs.Values[start + (index * positions)])];
            double logarithm = logits.Max() + Math.Log(logits.Sum(logit => Math.Exp(logit - logits.Max())));
            for (int index = 0; index < classes; index++)
            {
                double share = (smoothing / classes) + (index == (int)labels[label] ? 1 - smoothing : 0);
                sum += share * (logarithm - logits[index]);
                gradient.Values[start + (index * positions)] = (Math.Exp(logits[index] - logarithm) - share) / labels.Length;
            }
        }

        return (sum / labels.Length, gradient);
    }
}
