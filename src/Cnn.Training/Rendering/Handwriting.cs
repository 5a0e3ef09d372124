using System.Numerics;

namespace Cnn.Training.Rendering;

/// <summary>How one digit is written: an elastic distortion made of a few slow waves, then turned, sheared, scaled and moved.</summary>
internal readonly struct Handwriting
{
    private readonly Wave _first;
    private readonly Wave _second;
    private readonly Wave _third;
    private readonly Matrix3x2 _toPixels;

    public Handwriting(ref DigitRandom random)
    {
        _first = new Wave(ref random);
        _second = new Wave(ref random);
        _third = new Wave(ref random);
        float height = random.Uniform(14f, 22f);
        float width = height * random.Uniform(0.6f, 1.05f);
        float shear = random.Normal() * 0.18f;
        float angle = random.Normal() * 0.13f;
        Vector2 centre = new(13.5f + random.Normal() * 1.1f, 13.5f + random.Normal() * 1.1f);
        _toPixels = Matrix3x2.CreateTranslation(-0.5f, -0.5f)
            * Matrix3x2.CreateScale(width, height)
            * new Matrix3x2(1f, 0f, -shear, 1f, 0f, 0f)
            * Matrix3x2.CreateRotation(angle)
            * Matrix3x2.CreateTranslation(centre);
    }

    /// <summary>From the glyph's unit square to pixels.</summary>
    public Vector2 Place(Vector2 point) =>
        Vector2.Transform(point + _first.At(point) + _second.At(point) + _third.At(point), _toPixels);

    private readonly struct Wave(ref DigitRandom random)
    {
        private readonly Vector2 _frequency = new(random.Uniform(-5f, 5f), random.Uniform(-5f, 5f));
        private readonly Vector2 _amplitude = new(random.Normal() * 0.025f, random.Normal() * 0.025f);
        private readonly float _phase = random.Uniform(0f, MathF.Tau);

        public Vector2 At(Vector2 point) => _amplitude * MathF.Sin(Vector2.Dot(_frequency, point) + _phase);
    }
}
