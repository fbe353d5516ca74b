internal sealed record Sample(double[] Features, bool Label);

internal sealed class LogisticRegression
{
    public const int Features = 512;
    private const double Rate = 0.1;
    private readonly double[] _weights = new double[Features];

    /// <summary>One step of gradient descent.</summary>
    /// <returns>The mean loss of the batch.</returns>
    public double Train(Sample[] batch)
    {
        var loss = 0.0;
        var gradient = new double[Features];
        foreach (var (features, label) in batch)
        {
            var probability = 1 / (1 + Math.Exp(-features.Zip(_weights, (feature, weight) => feature * weight).Sum()));
            loss -= Math.Log(Math.Max(label ? probability : 1 - probability, 1e-12));
            for (var i = 0; i < Features; i++)
                gradient[i] += (probability - (label ? 1 : 0)) * features[i];
        }

        for (var i = 0; i < Features; i++)
            _weights[i] -= Rate * gradient[i] / batch.Length;
        return loss / batch.Length;
    }
}
