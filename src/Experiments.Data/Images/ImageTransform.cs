namespace Experiments.Data.Images;

/// <summary>How a picture becomes a tensor of 3 × height × width: a region of it, resized, mirrored at times, normalised.</summary>
public sealed record ImageTransform
{
    /// <summary>Height of the tensor in pixels. Default 224.</summary>
    public int Height { get; init; } = 224;

    /// <summary>Width of the tensor in pixels. Default 224.</summary>
    public int Width { get; init; } = 224;

    /// <summary>
    /// Whether the region is drawn at random for each sample and epoch (torchvision's <c>RandomResizedCrop</c>), or is the centre
    /// (<c>Resize</c> by <see cref="CentreFraction"/>, then <c>CenterCrop</c>). Default true.
    /// </summary>
    public bool RandomCrop { get; init; } = true;

    /// <summary>Least and greatest share of the picture's area that a random region has. Default 0.08 and 1.</summary>
    public (double Least, double Most) CropArea { get; init; } = (0.08, 1);

    /// <summary>Least and greatest width by height of a random region. Default 3/4 and 4/3.</summary>
    public (double Least, double Most) CropAspect { get; init; } = (3.0 / 4, 4.0 / 3);

    /// <summary>Share of the shorter side that the central region has. Default 224/256.</summary>
    public double CentreFraction { get; init; } = 224.0 / 256;

    /// <summary>How often a picture is mirrored, 0 to 1. Default 0.5.</summary>
    public double FlipProbability { get; init; } = 0.5;

    /// <summary>Subtracted from red, green and blue, which count from 0 to 1. Default: ImageNet's means.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [0.485f, 0.456f, 0.406f];

    /// <summary>What red, green and blue are divided by. Default: ImageNet's deviations.</summary>
    public IReadOnlyList<float> StandardDeviation { get; init; } = [0.229f, 0.224f, 0.225f];
}
