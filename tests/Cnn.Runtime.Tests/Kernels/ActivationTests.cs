using Cnn.CompilerServices;
using Cnn.Definitions;
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
        ActivationCase activation = ActivationCase.Named(name);
        foreach (int count in Counts)
        {
            float[] x = TestData.Uniform(count, count, -9f, 9f);
            float[] y = EverySet.Run(() => activation.Forward(x));
            for (int i = 0; i < count; i++)
                Tolerance.Elementwise(4, activation.Function.Value(x[i]), x[i], y[i], $"{name}({x[i]:r})");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_is_the_derivative_of_the_formula(string name)
    {
        ActivationCase activation = ActivationCase.Named(name);
        foreach (int count in Counts)
        {
            float[] x = TestData.Uniform(count, count, -9f, 9f);
            float[] dy = TestData.Uniform(count, count + 1);
            float[] dx = EverySet.Run(() => activation.Backward(dy, x));
            for (int i = 0; i < count; i++)
            {
                if (activation.Function.IsSteep)
                {
                    Tolerance.Elementwise(16, activation.Function.Slope(x[i]) * dy[i], dx[i], $"{name}'({x[i]:r})");
                    continue;
                }

                if (activation.Function.Seams.Any(seam => Math.Abs(seam - x[i]) < 0.05))
                    continue;
                double slope = Oracle.Derivative(activation.Function.Value, x[i]);
                Tolerance.Derivative(slope * dy[i], (1 + Math.Abs(x[i])) * dy[i], dx[i], $"{name}'({x[i]:r})");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_derivative_at_a_kink_is_the_one_of_PyTorch(string name)
    {
        ActivationCase activation = ActivationCase.Named(name);
        foreach (double kink in activation.Function.Kinks.Where(kink => (float)kink == kink))
        {
            float[] dx = EverySet.Run(() => activation.Backward(Row(2f), Row((float)kink)));
            Assert.All(dx, actual => Tolerance.Elementwise(1, 2.0 * activation.Function.Slope(kink), actual, name));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Special_values_give_the_same_on_every_set_and_a_NaN_stays_visible(string name)
    {
        ActivationCase activation = ActivationCase.Named(name);
        float[] y = EverySet.Run(() => activation.Forward(TestData.Special));
        EverySet.Run(() => activation.Backward(Enumerable.Repeat(1f, TestData.Special.Length).ToArray(), TestData.Special));
        for (int i = 0; i < y.Length; i++)
        {
            float x = TestData.Special[i];
            if (float.IsNaN(x))
                Assert.True(float.IsNaN(y[i]));
            else if (float.IsFinite(x))
                Assert.True(
                    float.IsFinite(y[i]) || !float.IsFinite((float)activation.Function.Value(x)), $"{name}({x:r}) is {y[i]:r}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_NaN_gradient_stays_visible_where_the_slope_is_not_zero(string name)
    {
        ActivationCase activation = ActivationCase.Named(name);
        float x = new[] { 0.125f, -0.125f, 1.5f }.First(x => activation.Function.Slope(x) != 0);
        Assert.All(activation.Backward(Row(float.NaN), Row(x)), dx => Assert.True(float.IsNaN(dx)));
    }

    [Fact]
    public void The_power_0_of_anything_is_1_and_its_derivative_0()
    {
        float[] x = TestData.Special;
        float[] y = TestData.Output(x.Length);
        float[] dx = TestData.Output(x.Length);
        ElementWise.Forward(new PowerActivation(0), ref x[0], ref y[0], x.Length);
        ElementWise.Backward(new PowerActivation(0), ref x[1], ref x[0], ref dx[0], 8);
        Assert.All(TestData.Written(y), power => Assert.Equal(1, power));
        Assert.All(dx[..3], slope => Assert.Equal(0, slope));
    }

    [Theory]
    [InlineData(2.5f)]
    [InlineData(-0.3f)]
    [InlineData(0.4545f)]
    [InlineData(11f)]
    [InlineData(1e-3f)]
    [InlineData(-37.7f)]
    public void A_power_is_right_to_4_ulp(float exponent)
    {
        Random random = new(5);
        float[] x = [.. Enumerable.Range(0, 4096).Select(_ => (float)Math.Exp((random.NextDouble() - 0.5) * 160 / Math.Max(1, Math.Abs(exponent))))];
        float[] y = EverySet.Run(() =>
        {
            float[] output = TestData.Output(x.Length);
            ElementWise.Forward(new PowerActivation(exponent), ref x[0], ref output[0], x.Length);
            return TestData.Written(output);
        });
        for (int i = 0; i < x.Length; i++)
            Tolerance.Elementwise(4, Math.Pow(x[i], exponent), y[i], $"{x[i]:r} to the {exponent}");
    }

    [Fact]
    public void Works_in_place()
    {
        float[] x = TestData.Uniform(40, 1);
        float[] expected = ActivationCase.Named("GELU").Forward(x);
        float[] expectedGradient = ActivationCase.Named("GELU").Backward(x, x);
        float[] y = [.. x];
        ElementWise.Forward(default(GELUActivation), ref y[0], ref y[0], y.Length);
        Tolerance.Exact(expected, y);
        float[] dx = [.. x];
        ElementWise.Backward(default(GELUActivation), ref dx[0], ref x[0], ref dx[0], dx.Length);
        Tolerance.Exact(expectedGradient, dx);
    }

    [Fact]
    public void A_struct_takes_the_output_for_its_derivative_where_the_definition_says_so()
        => Assert.All(ActivationCase.All, activation => Assert.Equal(activation.Definition.UsesOutput, activation.UsesOutput));

    [Fact]
    public void Every_struct_that_generated_code_names_is_in_the_table()
        => Assert.Equal(
            typeof(IActivation).Assembly.GetTypes()
                .Where(type => type.IsPublic && type.IsValueType && type.IsAssignableTo(typeof(IActivation)))
                .Select(type => type.Name).Order(),
            ActivationTable.All.Select(activation => activation.Name + "Activation").Order());

    private static float[] Row(float value) => Enumerable.Repeat(value, 24).ToArray();
}
