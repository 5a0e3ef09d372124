using System.Globalization;

namespace LeNetSample.Display;

/// <summary>Shows how much of a download is there: on one line of a terminal, or in quarters where lines stay.</summary>
internal sealed class DownloadDisplay(Terminal terminal, long total) : IProgress<long>
{
    private long _shown = -1;

    public void Report(long bytes)
    {
        long step = bytes * (terminal.IsPlain ? 4 : 100) / total;
        if (step == _shown)
            return;
        bool first = _shown < 0;
        _shown = step;
        string text = string.Create(CultureInfo.InvariantCulture, $"Downloading MNIST: {bytes / 1e6:0.0} of {total / 1e6:0.0} MB");
        if (terminal.IsPlain)
            terminal.Output.WriteLine(text);
        else
            terminal.Output.Write((first ? "" : "\r") + text + (bytes == total ? Environment.NewLine : ""));
    }
}
