using System.Globalization;
using EmbeddedLeNet;
using LeNetSample.Images;

// The weights are inside this program: no file but the picture is read.
if (args.Length != 1)
{
    Console.Error.WriteLine("Name a PNG or PGM picture of one digit.");
    return 2;
}

try
{
    DigitImage image = DigitImage.From(ImageFile.Read(args[0]));
    using LeNet.Predictor predictor = LeNet.Pretrained;
    Console.WriteLine(predictor.Classify(image.Values).ToString(CultureInfo.InvariantCulture));
    return 0;
}
catch (ImageException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
