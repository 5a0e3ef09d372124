namespace Cnn.Generator.Planning;

/// <summary>Numbers that a step learns when it runs, in the order in which its method takes them behind the operands.</summary>
[Flags]
public enum RunNumbers
{
    None = 0,

    /// <summary>How many images there are.</summary>
    Images = 1,

    /// <summary>Whether it is the first image, which overwrites instead of adding.</summary>
    IsFirst = 2,

    /// <summary>The key of a dropout layer in this pass.</summary>
    DropoutKey = 4,

    /// <summary>Which image it is.</summary>
    Image = 8,

    /// <summary>The first unit of the worker.</summary>
    From = 16,

    /// <summary>The unit behind its last.</summary>
    To = 32,

    /// <summary>Which part of an image's work it is.</summary>
    Part = 64,

    /// <summary>Of how many.</summary>
    Parts = 128,

    /// <summary>The units of the worker.</summary>
    Range = From | To,

    /// <summary>The worker's part of an image's work.</summary>
    Share = Part | Parts,
}

internal static class RunNumbersExtensions
{
    /// <summary>One by one, in order.</summary>
    public static IEnumerable<RunNumbers> Each(this RunNumbers numbers)
    {
        for (RunNumbers number = RunNumbers.Images; number <= RunNumbers.Parts; number = (RunNumbers)((int)number << 1))
        {
            if (numbers.HasFlag(number))
                yield return number;
        }
    }
}
