namespace Cnn.Generator.Planning;

/// <summary>Where parameters lie; a trainer and a predictor differ in it.</summary>
public interface IWeightPlaces
{
    Operand Weight(WeightNode node);

    Operand? Bias(WeightNode node);

    Operand? NormWeight(BatchNormNode node);

    Operand? NormBias(BatchNormNode node);

    Operand RunningMean(BatchNormNode node);

    Operand RunningVariance(BatchNormNode node);

    Operand Scale(BatchNormNode node);

    Operand Shift(BatchNormNode node);
}
