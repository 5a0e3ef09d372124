namespace Cnn.Zoo;

/// <summary>YOLOX's Focus: each 2x2 pixels become channels, the columns of each before the rows.</summary>
[Block]
[Slice(0, Step = 2, Axis = 3, Name = "left"), Slice(1, Step = 2, Axis = 2, Name = "bottom_left")]
[Slice(1, Step = 2, Axis = 3, From = "input", Name = "right"), Slice(1, Step = 2, Axis = 2, Name = "bottom_right")]
[Slice(0, Step = 2, Axis = 2, From = "right", Name = "top_right")]
[Slice(0, Step = 2, Axis = 2, From = "left"), Concat("bottom_left", "top_right", "bottom_right")]
public sealed class Focus;
