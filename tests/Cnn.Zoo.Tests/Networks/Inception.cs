namespace Cnn.Zoo;

/// <summary>Four branches side by side (Szegedy et al., arXiv 1409.4842, figure 2b); the arguments are the columns of the paper's table 1.</summary>
[Block]
[Conv(One, 1), ReLU(Name = "one")]
[Conv(ThreeReduce, 1, From = "input"), ReLU, Conv(Three, 3, Padding = 1), ReLU(Name = "three")]
[Conv(FiveReduce, 1, From = "input"), ReLU, Conv(Five, 5, Padding = 2), ReLU(Name = "five")]
[MaxPool(3, Stride = 1, Padding = 1, From = "input"), Conv(Pool, 1), ReLU(Name = "pool")]
[Concat("three", "five", "pool", From = "one")]
public sealed class Inception
{
    public const int One = 64, ThreeReduce = 96, Three = 128, FiveReduce = 16, Five = 32, Pool = 32;
}
