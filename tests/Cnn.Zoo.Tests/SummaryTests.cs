using Cnn.Zoo;

namespace Cnn.Zoo.Tests;

public sealed class SummaryTests
{
    /// <summary>
    /// A kernel of 3 widens the receptive field by twice the strides before it: 3, 5, 7, then 11, 15, 19 behind the stride of 2, and the average of 4
    /// positions by 6.
    /// </summary>
    [Fact]
    public void The_layers_of_blocks_stand_in_the_table_under_their_own_names() => Assert.Equal(
        """
        SmallResNet: 3x8x8 -> 4
        layer                      kind           output  parameters  multiply-adds  receptive field  activation bytes
        -------------------------  -------------  ------  ----------  -------------  ---------------  ----------------
        input1                     Input          3x8x8            0              0              1x1               768
        basicblock1.conv1          Conv           3x8x8           81          5,184              3x3               768
        basicblock1.batchnorm1     BatchNorm      3x8x8            6              0              3x3               768
        basicblock1.relu1          ReLU           3x8x8            0              0              3x3               768
        basicblock1.conv2          Conv           3x8x8           81          5,184              5x5               768
        basicblock1.batchnorm2     BatchNorm      3x8x8            6              0              5x5               768
        basicblock1.residual1      Add            3x8x8            0              0              5x5               768
        basicblock1.relu2          ReLU           3x8x8            0              0              5x5               768
        basicblock2.conv1          Conv           10x4x4         270          4,320              7x7               640
        basicblock2.batchnorm1     BatchNorm      10x4x4          20              0              7x7               640
        basicblock2.relu1          ReLU           10x4x4           0              0              7x7               640
        basicblock2.conv2          Conv           10x4x4         900         14,400            11x11               640
        basicblock2.batchnorm2     BatchNorm      10x4x4          20              0            11x11               640
        basicblock2.shortcut       Conv           10x4x4          30            480              5x5               640
        basicblock2.shortcut_norm  BatchNorm      10x4x4          20              0              5x5               640
        basicblock2.residual1      Add            10x4x4           0              0            11x11               640
        basicblock2.relu2          ReLU           10x4x4           0              0            11x11               640
        basicblock3.conv1          Conv           10x4x4         900         14,400            15x15               640
        basicblock3.batchnorm1     BatchNorm      10x4x4          20              0            15x15               640
        basicblock3.relu1          ReLU           10x4x4           0              0            15x15               640
        basicblock3.conv2          Conv           10x4x4         900         14,400            19x19               640
        basicblock3.batchnorm2     BatchNorm      10x4x4          20              0            19x19               640
        basicblock3.residual1      Add            10x4x4           0              0            19x19               640
        basicblock3.relu2          ReLU           10x4x4           0              0            19x19               640
        globalavgpool1             GlobalAvgPool  10x1x1           0              0            25x25                40
        flatten1                   Flatten        10               0              0                                 40
        linear1                    Linear         4               44             40                                 16
        -------------------------  -------------  ------  ----------  -------------  ---------------  ----------------
        total                                                  3,318         58,408                             16,480

        """,
        SmallResNet.Summary.ToString());
}
