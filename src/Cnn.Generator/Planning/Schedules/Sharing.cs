namespace Cnn.Generator.Planning;

/// <summary>Who calls.</summary>
public enum Sharing
{
    /// <summary>One worker for all: the first.</summary>
    First,

    /// <summary>The workers that share an image, each for its part of the work.</summary>
    Parts,

    /// <summary>Of the workers that share an image, the one whose turn it is, for all of it.</summary>
    Turn,

    /// <summary>Each of the workers that share an image, for itself.</summary>
    Each,

    /// <summary>All workers, each for its units.</summary>
    Units,

    /// <summary>All workers, each for its units, at whose ends it does some of the images.</summary>
    UnitsOfImages,

    /// <summary>All workers, each for its units of one image after the other.</summary>
    UnitsOfEachImage,
}
