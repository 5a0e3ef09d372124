namespace Cnn.Training.Rendering;

/// <summary>The ten digits, each in the ways in which people write it.</summary>
internal static class Glyphs
{
    /// <summary>The ways to write each digit: one list of strokes a way.</summary>
    public static readonly Stroke[][][] Digits =
    [
        [
            Glyph("loop 50,5 23,20 15,50 23,80 50,95 77,80 85,50 77,20"),
            Glyph("loop 55,5 32,22 27,52 36,82 52,95 68,80 73,48 70,20"),
            Glyph("curve 62,8 36,12 20,45 28,82 52,95 78,76 82,40 66,14 48,4"),
        ],
        [
            Glyph("line 50,5 50,95"),
            Glyph("line 30,27 53,5 53,95"),
            Glyph("line 32,25 52,5 52,95", "line 28,95 76,95"),
        ],
        [
            Glyph("curve 20,26 34,8 60,6 78,26 64,52 20,93", "line 20,93 82,93"),
            Glyph("curve 22,22 42,6 70,14 72,36 48,66 26,90 16,82 28,74 54,88 86,90"),
            Glyph("curve 24,30 40,6 72,12 70,42 22,92", "curve 22,92 52,88 82,94"),
        ],
        [
            Glyph("curve 20,16 48,5 74,20 66,40 42,47", "curve 42,47 76,56 80,80 52,96 18,84"),
            Glyph("line 20,7 76,7 44,42", "curve 44,42 74,50 80,76 54,96 20,86"),
            Glyph("curve 24,12 56,4 74,22 56,44 40,46 66,50 82,70 64,94 36,96 20,86"),
        ],
        [
            Glyph("line 30,6 20,56 84,56", "line 68,14 64,95"),
            Glyph("line 62,5 14,66 86,66", "line 62,5 62,95"),
            Glyph("curve 26,8 22,36 34,54 56,54 74,40", "line 76,6 70,95"),
        ],
        [
            Glyph("line 78,7 32,7 26,44", "curve 26,44 54,36 80,58 66,90 38,96 18,86"),
            Glyph("curve 76,8 52,10 32,10 28,38 52,42 76,60 68,86 42,96 20,90"),
            Glyph("line 32,8 28,46", "curve 28,46 62,40 78,66 58,94 20,90", "line 32,8 80,8"),
        ],
        [
            Glyph("curve 70,5 40,26 21,62 34,92 64,92 78,70 62,52 38,56 24,70"),
            Glyph("curve 56,5 32,36 24,74 44,96 68,84 66,62 44,58 26,74"),
            Glyph("curve 76,14 54,6 28,30 20,66 36,94 64,92 76,70 58,52 34,58 22,72"),
        ],
        [
            Glyph("line 16,8 82,8 42,95"),
            Glyph("line 16,8 80,8 44,95", "line 32,50 74,48"),
            Glyph("curve 16,22 20,8 44,12 80,8 60,44 46,95"),
        ],
        [
            Glyph("loop 50,48 25,27 50,5 75,27 50,48 22,73 50,95 78,73"),
            Glyph("loop 50,5 28,26 50,46 72,26", "loop 50,46 22,72 50,95 78,72"),
            Glyph("curve 74,16 50,5 28,24 50,46 76,72 50,95 24,74 48,48 76,18"),
        ],
        [
            Glyph("loop 52,6 26,28 50,52 76,28", "line 76,26 68,95"),
            Glyph("curve 74,20 50,5 26,26 44,50 72,36 76,22 76,52 68,80 50,95 28,90"),
            Glyph("loop 48,6 26,26 46,50 72,28", "curve 74,10 72,44 60,95"),
        ],
    ];

    private static Stroke[] Glyph(params string[] strokes) => Array.ConvertAll(strokes, Stroke.Parse);
}
