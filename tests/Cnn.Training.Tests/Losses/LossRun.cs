namespace Cnn.Training.Tests.Losses;

/// <summary>A loss on a batch, as a trainer evaluates it.</summary>
internal static class LossRun
{
    public static double Evaluate(Loss loss, float[] outputs, int[] labels, float[] gradient, LossBatch batch, float[]? weights = null) =>
        Evaluate(loss, Pass(loss, outputs, labels, [], gradient, batch, weights));

    public static double Evaluate(Loss loss, float[] outputs, float[] targets, float[] gradient, LossBatch batch, float[]? weights = null) =>
        Evaluate(loss, Pass(loss, outputs, [], targets, gradient, batch, weights));

    public static LossPass Pass(Loss loss, float[] outputs, int[] labels, float[] targets, float[] gradient, LossBatch batch, float[]? weights = null)
    {
        double terms = loss.Terms(batch, labels, weights);
        return new LossPass
        {
            Outputs = outputs,
            Labels = labels,
            Values = targets,
            Weights = weights,
            Gradient = gradient,
            Batch = batch,
            Scale = terms == 0 ? 0 : 1 / terms,
        };
    }

    private static double Evaluate(Loss loss, LossPass pass)
    {
        double[] sums = new double[pass.Batch.Images];
        loss.EvaluateImages(pass, 0, pass.Batch.Images, sums);
        double terms = loss.Terms(pass.Batch, pass.Labels, pass.Weights);
        return terms == 0 ? 0 : sums.Sum() / terms;
    }
}
