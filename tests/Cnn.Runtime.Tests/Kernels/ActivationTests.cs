using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

[Collection(InstructionSetCollection.Name)]
public sealed class ActivationTests
{
    private static readonly int[] Counts = [8, 16, 24, 32, 40, 1008];

    public static TheoryData<string> Names => [.. ActivationCase.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_output_is_that_of_the_formula(string name)
    {
        ActivationCase activation = Case(name);
        foreach (int count in Counts)
        {
            float[] x = TestData.Uniform(count, count, -9f, 9f);
            float[] y = EverySet.Run(() => activation.Forward(x));
            for (int i = 0; i < count; i++)
                Tolerance.Elementwise(4, activation.Formula(x[i]), x[i], y[i], $"{name}({x[i]:r})");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_is_the_derivative_of_the_formula(string name)
    {
        ActivationCase activation = Case(name);
        foreach (int count in Counts)
        {
            float[] x = TestData.Uniform(count, count, -9f, 9f);
            float[] dy = TestData.Uniform(count, count + 1);
            float[] dx = EverySet.Run(() => activation.Backward(dy, x));
            for (int i = 0; i < count; i++)
            {
                if (activation.Kinks.Any(kink => Math.Abs(kink.X - x[i]) < 0.05) || (name == "Softsign" && Math.Abs(x[i]) < 0.05))
                    continue;
                double slope = Oracle.Derivative(activation.Formula, x[i]);
                Tolerance.Derivative(slope * dy[i], (1 + Math.Abs(x[i])) * dy[i], dx[i], $"{name}'({x[i]:r})");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_derivative_at_a_kink_is_the_one_of_PyTorch(string name)
    {
        ActivationCase activation = Case(name);
        foreach ((float x, float slope) in activation.Kinks)
        {
            float[] dx = EverySet.Run(() => activation.Backward(Row(2f), Row(x)));
            Assert.All(dx, actual => Tolerance.Elementwise(1, 2.0 * slope, actual, name));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Special_values_give_the_same_on_every_set_and_a_NaN_stays_visible(string name)
    {
        ActivationCase activation = Case(name);
        float[] y = EverySet.Run(() => activation.Forward(TestData.Special));
        EverySet.Run(() => activation.Backward(Enumerable.Repeat(1f, TestData.Special.Length).ToArray(), TestData.Special));
        for (int i = 0; i < y.Length; i++)
        {
            float x = TestData.Special[i];
            if (float.IsNaN(x))
                Assert.True(float.IsNaN(y[i]));
            else if (float.IsFinite(x))
                Assert.True(float.IsFinite(y[i]) || (name == "SELU" && x > 1e38f), $"{name}({x:r}) is {y[i]:r}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_NaN_gradient_stays_visible_where_the_slope_is_not_zero(string name)
        => Assert.All(Case(name).Backward(Row(float.NaN), Row(0.5f)), dx => Assert.True(float.IsNaN(dx)));

    [Fact]
    public void Works_in_place()
    {
        float[] x = TestData.Uniform(40, 1);
        float[] expected = Case("GELU").Forward(x);
        float[] expectedGradient = Case("GELU").Backward(x, x);
        float[] y = [.. x];
        ElementWise.Forward(default(GELUActivation), ref y[0], ref y[0], y.Length);
        Tolerance.Exact(expected, y);
        float[] dx = [.. x];
        ElementWise.Backward(default(GELUActivation), ref dx[0], ref x[0], ref dx[0], dx.Length);
        Tolerance.Exact(expectedGradient, dx);
    }

    [Fact]
    public void The_activations_that_keep_their_output_are_those_whose_derivative_it_tells()
        => Assert.Equal(["ReLU", "ReLU6", "LeakyReLU", "Sigmoid", "Tanh"], ActivationCase.All.Where(c => c.UsesOutput).Select(c => c.Name));

    private static ActivationCase Case(string name) => ActivationCase.All.Single(c => c.Name == name);

    private static float[] Row(float value) => Enumerable.Repeat(value, 24).ToArray();
}
