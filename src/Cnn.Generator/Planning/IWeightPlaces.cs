namespace Cnn.Generator.Planning;

/// <summary>Where parameters lie; a trainer and a predictor differ in it.</summary>
public interface IWeightPlaces
{
    /// <summary>The weight as the forward pass reads it.</summary>
    Operand ForwardWeight(WeightNode node);

    Operand? Bias(WeightNode node);

    Operand? NormWeight(BatchNormNode node);

    Operand? NormBias(BatchNormNode node);

    Operand RunningMean(BatchNormNode node);

    Operand RunningVariance(BatchNormNode node);

    Operand Scale(ScaleShiftNode node);

    Operand Shift(ScaleShiftNode node);

    /// <summary>A parameter that is packed as it is.</summary>
    Operand Parameter(Node node, string parameter);
}
