namespace Cnn.Generator.Planning;

/// <summary>How the workers share a stage.</summary>
public enum StageKind
{
    /// <summary>Each worker takes some images and does all calls for one image before the next, so that the image stays in its cache.</summary>
    PerImage,

    /// <summary>All workers share each call, by units.</summary>
    Batch,
}
