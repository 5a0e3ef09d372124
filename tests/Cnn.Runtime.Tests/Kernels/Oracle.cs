namespace Cnn.Runtime.Tests.Kernels;

/// <summary>Functions in double that .NET lacks or that lose digits around 0.</summary>
internal static class Oracle
{
    /// <summary>exp(x) - 1: around 0 by its series, elsewhere by definition.</summary>
    public static double Expm1(double x)
    {
        if (!(Math.Abs(x) < 0.1))
            return Math.Exp(x) - 1;
        double sum = 0;
        double term = x;
        for (int k = 2; k <= 16; k++)
        {
            sum += term;
            term *= x / k;
        }
        return sum;
    }

    /// <summary>ln(1 + x): around 0 by its series, elsewhere by definition, which is exact for a float argument in double.</summary>
    public static double Log1p(double x)
    {
        if (!(Math.Abs(x) < 0.01))
            return Math.Log(1 + x);
        double sum = 0;
        double power = x;
        for (int k = 1; k <= 12; k++, power *= -x)
            sum += power / k;
        return sum;
    }

    /// <summary>erf(x) by its Maclaurin series, beyond 3 by the continued fraction of its complement (Abramowitz and Stegun 7.1.5 and 7.1.14).</summary>
    public static double Erf(double x)
    {
        double magnitude = Math.Abs(x);
        if (double.IsNaN(x) || magnitude > 6)
            return double.IsNaN(x) ? x : Math.Sign(x);
        if (magnitude > 3)
        {
            double fraction = magnitude;
            for (int k = 60; k >= 1; k--)
                fraction = magnitude + k / 2.0 / fraction;
            return Math.Sign(x) * (1 - Math.Exp(-magnitude * magnitude) / (fraction * Math.Sqrt(Math.PI)));
        }
        double sum = 0;
        double term = x;
        for (int n = 0; n < 80; n++)
        {
            sum += term / (2 * n + 1);
            term *= -x * x / (n + 1);
        }
        return sum * 2 / Math.Sqrt(Math.PI);
    }

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>The derivative by a central difference of fourth order.</summary>
    public static double Derivative(Func<double, double> f, double x)
    {
        double h = 1e-3 * Math.Max(1, Math.Abs(x));
        return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h);
    }

    /// <summary>The derivative by a difference of fourth order that looks to one side only, for places beside a kink.</summary>
    public static double OneSidedDerivative(Func<double, double> f, double x, int side)
    {
        double h = 1e-3 * side;
        return ((-25 * f(x)) + (48 * f(x + h)) - (36 * f(x + (2 * h))) + (16 * f(x + (3 * h))) - (3 * f(x + (4 * h)))) / (12 * h);
    }
}
