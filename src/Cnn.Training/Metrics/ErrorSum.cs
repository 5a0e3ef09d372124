namespace Cnn.Training;

/// <summary>A sum over all values of a function of the difference between output and target.</summary>
internal struct ErrorSum
{
    private double _sum;
    private double _weight;

    /// <summary>By the weights; NaN where nothing was added.</summary>
    public readonly double Mean => _sum / _weight;

    public void Add(in MetricBatch batch, Func<double, double> error)
    {
        for (int image = 0; image < batch.Count; image++)
        {
            for (int position = 0; position < batch.Positions; position++)
            {
                double weight = batch.WeightAt(image, position);
                for (int channel = 0; channel < batch.Channels && weight != 0; channel++)
                {
                    int index = batch.IndexOf(image, channel, position);
                    _sum += weight * error((double)batch.Outputs[index] - batch.Values[index]);
                    _weight += weight;
                }
            }
        }
    }
}
