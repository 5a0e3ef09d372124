using System.Globalization;
using LeNetSample.Data;
using LeNetSample.Display;

namespace LeNetSample.Commands;

/// <summary>Loads images and says what they are, before anything is done with them.</summary>
internal static class Datasets
{
    public static DigitData Load(DigitSource source, Terminal terminal, CancellationToken cancellation)
    {
        DownloadDisplay progress = new(terminal, MnistFiles.All.Sum(file => file.Length));
        DigitData data = source.LoadAsync(progress, cancellation).GetAwaiter().GetResult();
        if (data.Notice is not null)
            terminal.Output.WriteLine(data.Notice);
        terminal.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Data: {data.Origin}; {data.Train.Count:N0} training and {data.Test.Count:N0} test images"));
        return data;
    }
}
