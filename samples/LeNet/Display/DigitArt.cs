using LeNetSample.Images;
using Spectre.Console;

namespace LeNetSample.Display;

/// <summary>Shows test images as characters, two rows of pixels a line, with what the network says beneath.</summary>
internal static class DigitArt
{
    private const int Side = DigitImage.Side;
    private const int Gap = 2;
    private const int PlainWidth = 100;

    // From no ink to full ink, about evenly bright in usual fonts.
    private const string Ramp = " .:-=+*#%@";

    /// <summary>Writes images side by side, as many as fit.</summary>
    public static void Write(IReadOnlyList<(float[] Image, string Caption)> digits, Terminal terminal)
    {
        int width = terminal.IsPlain ? PlainWidth : AnsiConsole.Profile.Width;
        int perRow = Math.Max(1, (width + Gap) / (Side + Gap));
        foreach ((float[] Image, string Caption)[] row in digits.Chunk(perRow))
        {
            if (terminal.IsPlain)
                WritePlain(row, terminal.Output);
            else
                WriteBlocks(row);
            terminal.Output.WriteLine(string.Join("".PadLeft(Gap), row.Select(digit => digit.Caption.PadRight(Side))).TrimEnd());
            terminal.Output.WriteLine();
        }
    }

    private static void WritePlain((float[] Image, string Caption)[] row, TextWriter output)
    {
        for (int y = 0; y < Side; y += 2)
        {
            IEnumerable<string> parts = row.Select(digit => PlainLine(digit.Image, y));
            output.WriteLine(string.Join("".PadLeft(Gap), parts).TrimEnd());
        }
    }

    private static string PlainLine(float[] image, int y) => string.Create(Side, (image, y), static (line, state) =>
    {
        for (int x = 0; x < Side; x++)
        {
            float ink = (state.image[state.y * Side + x] + state.image[(state.y + 1) * Side + x]) / 2f;
            line[x] = Ramp[(int)Math.Clamp(ink * Ramp.Length, 0f, Ramp.Length - 1f)];
        }
    });

    /// <summary>The upper half block has two colours: the upper pixel's and, as background, the lower one's.</summary>
    private static void WriteBlocks((float[] Image, string Caption)[] row)
    {
        for (int y = 0; y < Side; y += 2)
        {
            Paragraph line = new();
            foreach ((float[] image, _) in row)
            {
                for (int x = 0; x < Side; x++)
                    line.Append("\u2580", new Style(Gray(image[y * Side + x]), Gray(image[(y + 1) * Side + x])));
                line.Append("".PadLeft(Gap));
            }

            AnsiConsole.Write(line);
            AnsiConsole.WriteLine();
        }
    }

    private static Color Gray(float ink)
    {
        byte level = (byte)Math.Clamp(ink * 255f, 0f, 255f);
        return new Color(level, level, level);
    }
}
