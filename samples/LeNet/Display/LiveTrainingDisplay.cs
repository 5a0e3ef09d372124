using LeNetSample.Training;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace LeNetSample.Display;

/// <summary>A bar for the whole training, and a line for each epoch that is done.</summary>
internal sealed class LiveTrainingDisplay : ITrainingDisplay
{
    private readonly ProgressContext _context;
    private readonly FiguresColumn _figures;
    private readonly string _accuracyLabel;
    private ProgressTask? _training;

    private LiveTrainingDisplay(ProgressContext context, FiguresColumn figures, string accuracyLabel)
    {
        _context = context;
        _figures = figures;
        _accuracyLabel = accuracyLabel;
    }

    public static void Run(string accuracyLabel, Action<ITrainingDisplay> training)
    {
        FiguresColumn figures = new();
        AnsiConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = 24 }, new PercentageColumn(), figures)
            .Start(context => training(new LiveTrainingDisplay(context, figures, accuracyLabel)));
    }

    public void Show(in TrainingProgress progress)
    {
        _training ??= _context.AddTask("training", maxValue: (double)progress.Epochs * progress.Steps);
        _training.Description = $"epoch {progress.Epoch}/{progress.Epochs}";
        _training.Value = (progress.Epoch - 1.0) * progress.Steps + progress.Step;
        _figures.Text = TrainingDisplays.Describe(progress);
    }

    public void Show(EpochResult result) => AnsiConsole.WriteLine(TrainingDisplays.Describe(result, _accuracyLabel));

    private sealed class FiguresColumn : ProgressColumn
    {
        public string Text { get; set; } = "";

        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(Text);
    }
}
