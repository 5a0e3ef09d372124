namespace Cnn.Training;

/// <summary>Twice the positions that are found and there, over those that are found and those that are there, the mean over the classes (Dice 1945).</summary>
public sealed class DiceScore() : OverlapMetric("Dice")
{
    private protected override double Of(double both, double found, double there) => 2 * both / (found + there);
}
