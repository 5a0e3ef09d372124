using System.CommandLine;
using System.Globalization;
using Cnn;
using Cnn.Training;
using LeNetSample.Display;
using LeNetSample.Images;

namespace LeNetSample.Commands;

/// <summary>Reads digits from pictures.</summary>
internal static class PredictCommand
{
    public static Command Create(SampleOptions options, Terminal terminal)
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "PNG or PGM pictures of one digit each, of any size, dark on bright or bright on dark.",
            Arity = ArgumentArity.OneOrMore,
        };
        Command command = new("predict", "Read a digit from each picture.") { files, options.Weights };
        command.SetAction(parsed =>
        {
            INetwork network = SavedNetwork.Load(parsed.GetValue(options.Weights)!);
            return Predict(network, parsed.GetValue(files)!, terminal);
        });
        return command;
    }

    /// <summary>One line a picture. A picture that cannot be read does not keep the others from being read.</summary>
    private static int Predict(INetwork network, string[] files, Terminal terminal)
    {
        int code = ExitCode.Success;
        using IPredictor predictor = network.CreatePredictor();
        float[] logits = new float[network.OutputLength];
        foreach (string file in files)
        {
            try
            {
                DigitImage image = DigitImage.From(ImageFile.Read(file));
                predictor.Predict(image.Values, logits);
                string changes = image.Changes.Length > 0 ? $", {image.Changes}" : "";
                int digit = Logits.Largest(logits);
                string read = digit == Logits.NoClass ? "no digit, every output is NaN" : string.Create(CultureInfo.InvariantCulture, $"{digit} ({Logits.Confidence(logits) * 100:0.0} %)");
                terminal.Output.WriteLine($"{file}: {read}{changes}");
            }
            catch (ImageException exception)
            {
                terminal.Error.WriteLine(exception.Message);
                code = ExitCode.Failure;
            }
        }

        return code;
    }
}
