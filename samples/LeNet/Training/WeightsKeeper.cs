using Cnn;
using Cnn.Training;

namespace LeNetSample.Training;

/// <summary>Saves the network after each epoch, before anything is told of it, and hands all reports on.</summary>
internal sealed class WeightsKeeper(INetwork network, string path, IProgress<FitProgress> next) : IProgress<FitProgress>
{
    /// <summary>The last epoch whose network is in the file; 0 if there is none.</summary>
    public int SavedEpoch { get; private set; }

    public void Report(FitProgress value)
    {
        if (value.Completed is { } epoch)
        {
            network.Save(path);
            SavedEpoch = epoch.Epoch;
        }

        // The program itself says what becomes of the network in the end.
        if (value.Result is null)
            next.Report(value);
    }
}
