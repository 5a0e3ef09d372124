namespace Cnn.Generator.Planning;

/// <summary>Where parameters lie; a trainer and a predictor differ in it.</summary>
public interface IWeightPlaces
{
    /// <summary>The weight as the forward pass reads it.</summary>
    Address ForwardWeight(WeightNode node);

    Address? Bias(WeightNode node);

    Address? NormWeight(BatchNormNode node);

    Address? NormBias(BatchNormNode node);

    Address RunningMean(BatchNormNode node);

    Address RunningVariance(BatchNormNode node);

    Address Scale(ScaleShiftNode node);

    Address Shift(ScaleShiftNode node);

    /// <summary>A parameter that is packed as it is.</summary>
    Address Parameter(Node node, string parameter);
}
