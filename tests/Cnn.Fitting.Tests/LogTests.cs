using System.Buffers.Binary;
using System.Diagnostics.Metrics;
using System.Text;
using Cnn.Data;
using Cnn.Fitting.Tests.Support;
using Cnn.Training;
using Microsoft.Extensions.Logging;

namespace Cnn.Fitting.Tests;

public sealed class LogTests : IDisposable
{
    private static readonly ImageDataset Images = Quadrants.Create(64);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_CSV_file_has_a_line_for_each_epoch_also_of_a_training_that_was_interrupted()
    {
        string path = _folder["logs/training.csv"];
        FitOptions options = Options() with { Checkpoints = new CheckpointOptions(_folder["run"]), Callbacks = [new CsvLog(path), Stopping(6)] };
        new TinyNetwork(seed: 1).Fit(Images, Images, options, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(2, File.ReadAllLines(path).Length);
        FitResult result = new TinyNetwork(seed: 1).Fit(
            Images, Images, options with { Callbacks = [new CsvLog(path)] }, cancellation: TestContext.Current.CancellationToken);
        string[] lines = File.ReadAllLines(path);
        Assert.Equal("epoch,training_loss,training_accuracy,validation_loss,learning_rate,seconds,accuracy,\"mean error, first\"", lines[0]);
        Assert.Equal(3, result.Epochs.Count);
        Assert.Equal(result.Epochs.Select(epoch => epoch.ValidationLoss), lines.Skip(1).Select(line => Number(line.Split(',')[3])));
        Assert.Equal(["1", "2", "3"], lines.Skip(1).Select(line => line.Split(',')[0]));
        Assert.Equal(result.Epochs.Select(epoch => epoch.Metrics["mean error, first"]), lines.Skip(1).Select(line => Number(line.Split(',')[7])));

        static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Event_files_are_what_TensorBoard_reads()
    {
        // RFC 3720, B.4: the CRC of 32 zeros is 8a9136aa; masked as TensorFlow does.
        Assert.Equal(unchecked(((0x8A9136AAu >> 15) | (0x8A9136AAu << 17)) + 0xA282EAD8), EventFile.MaskedCrc(new byte[32]));
        using TensorBoardLog log = new(_folder["runs"]) { EverySteps = 2 };
        FitResult result = new TinyNetwork(seed: 1).Fit(
            Images, Images, Options() with { Callbacks = [log] }, cancellation: TestContext.Current.CancellationToken);
        string file = Assert.Single(Directory.GetFiles(_folder["runs"]));
        Assert.Contains("tfevents", file, StringComparison.Ordinal);
        List<(long Step, string Tag, float Value)> events = Scalars(File.ReadAllBytes(file));
        Assert.Equal([2, 4, 6, 8, 10, 12], events.Where(one => one.Tag == "loss/step").Select(one => one.Step));
        Assert.Equal(
            result.Epochs.Select(epoch => (4L * epoch.Epoch, (float)epoch.ValidationLoss)),
            events.Where(one => one.Tag == "loss/validation").Select(one => (one.Step, one.Value)));
        Assert.Equal(
            result.Epochs.Select(epoch => (float)epoch.Metrics["accuracy"]),
            events.Where(one => one.Tag == "validation/accuracy").Select(one => one.Value));
    }

    [Fact]
    public void A_host_has_its_log_and_its_instruments()
    {
        Dictionary<string, double> measured = [];
        using MeterListener listener = new()
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Cnn.Training")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        int thread = Environment.CurrentManagedThreadId;
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument, value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Add(instrument, value));
        listener.Start();
        ListLogger logger = new();
        new TinyNetwork(seed: 1).Fit(Images, Images, Options(), new LoggerProgress(logger), TestContext.Current.CancellationToken);
        Assert.Equal(12, measured["cnn.training.steps"]);
        Assert.Equal(3 * 64, measured["cnn.training.examples"]);
        Assert.True(measured["cnn.training.step.duration"] > 0 && measured["cnn.training.loss"] > 0);
        string[] told = [.. logger.Lines.Where(line => !line.Contains("step", StringComparison.Ordinal))];
        Assert.Equal(4, told.Length);
        Assert.StartsWith("Epoch 1 of 3: loss ", told[0], StringComparison.Ordinal);
        Assert.StartsWith("Trained: 3 epochs, the ", told[3], StringComparison.Ordinal);

        // Other tests train at the same time, on other threads.
        void Add(Instrument instrument, double value)
        {
            if (Environment.CurrentManagedThreadId == thread)
                measured[instrument.Name] = measured.GetValueOrDefault(instrument.Name) + value;
        }
    }

    private static FitOptions Options() => new()
    {
        Optimizer = new Adam(0.01f),
        Epochs = 3,
        BatchSize = 16,
        Metrics = [new Accuracy(), Metric.OfLabels("mean error, first", largerIsBetter: false, static (outputs, labels) => outputs[0] - labels[0])],
    };

    private static IFitCallback Stopping(long update) => FitCallback.OnStepEnd(training =>
    {
        if (training.Updates == update)
            training.Stop();
    });

    /// <summary>Reads records, holds them to their checksums, and takes their messages apart.</summary>
    private static List<(long Step, string Tag, float Value)> Scalars(byte[] file)
    {
        List<(long, string, float)> scalars = [];
        for (ReadOnlySpan<byte> rest = file; rest.Length > 0;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(rest);
            Assert.Equal(EventFile.MaskedCrc(rest[..8]), BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]));
            ReadOnlySpan<byte> message = rest.Slice(12, length);
            Assert.Equal(EventFile.MaskedCrc(message), BinaryPrimitives.ReadUInt32LittleEndian(rest[(12 + length)..]));
            rest = rest[(16 + length)..];

            // 09 time 10 step, then 1a the version or 2a length 0a length 0a length tag 15 number.
            Assert.Equal((0x09, 0x10), ((int)message[0], (int)message[9]));
            Assert.InRange(BinaryPrimitives.ReadDoubleLittleEndian(message[1..]), 1.7e9, 1e10);
            Assert.True(message[10] < 0x80);
            if (message[11] == 0x1A)
            {
                Assert.Equal("brain.Event:2", Encoding.UTF8.GetString(message[13..]));
                continue;
            }

            Assert.Equal((0x2A, message.Length - 13, 0x0A, message.Length - 15, 0x0A),
                ((int)message[11], (int)message[12], (int)message[13], (int)message[14], (int)message[15]));
            int tag = message[16];
            Assert.Equal(0x15, message[17 + tag]);
            scalars.Add((message[10], Encoding.UTF8.GetString(message.Slice(17, tag)), BinaryPrimitives.ReadSingleLittleEndian(message[(18 + tag)..])));
        }

        return scalars;
    }

    private sealed class ListLogger : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
