using System.Globalization;
using Cnn;
using Cnn.Training;
using LeNetSample.Data;
using LeNetSample.Display;
using LeNetSample.Images;

namespace LeNetSample.Commands;

/// <summary>Accuracy, confusion matrix and a few images of the test set.</summary>
internal static class EvaluationReport
{
    // Half of them mistakes, as far as there are any: they tell more.
    private const int ShownImages = 6;

    public static Evaluation Write(INetwork network, DigitData data, int threads, Terminal terminal, CancellationToken cancellation)
    {
        Evaluation evaluation = Evaluation.Of(network, data.Test, new EvaluationOptions { Threads = threads }, cancellation);
        terminal.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Test accuracy: {evaluation.Accuracy * 100:0.00} % {data.AccuracyLabel} ({evaluation.Confusion.Correct:N0} of {evaluation.Count:N0})"));
        terminal.Output.WriteLine();
        ConfusionTable.Write(evaluation.Confusion, terminal);
        terminal.Output.WriteLine();
        WriteImages(network, data, evaluation, terminal);
        return evaluation;
    }

    private static void WriteImages(INetwork network, DigitData data, Evaluation evaluation, Terminal terminal)
    {
        using IPredictor predictor = network.CreatePredictor();
        float[] logits = new float[network.OutputLength];
        List<(float[] Image, string Caption)> shown = [];
        foreach (int index in Choose(data, evaluation))
        {
            float[] image = new float[DigitImage.Length];
            data.Test.CopyImage(index, image);
            predictor.Predict(image, logits);
            int predicted = Logits.Largest(logits);
            int truth = data.Test.Labels[index];
            string verdict = predicted == truth ? "right" : $"wrong, it is {truth}";
            shown.Add((image, string.Create(CultureInfo.InvariantCulture, $"{predicted} ({Logits.Confidence(logits) * 100:0.0} %), {verdict}")));
        }

        DigitArt.Write(shown, terminal);
    }

    private static IEnumerable<int> Choose(DigitData data, Evaluation evaluation)
    {
        List<int> right = [];
        List<int> wrong = [];
        for (int i = 0; i < evaluation.Count; i++)
            (evaluation.Predicted[i] == data.Test.Labels[i] ? right : wrong).Add(i);
        int mistakes = Math.Min(ShownImages / 2, wrong.Count);
        return right.Take(ShownImages - mistakes).Concat(wrong.Take(mistakes));
    }
}
