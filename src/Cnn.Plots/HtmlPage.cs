using System.Globalization;
using System.Net;
using System.Text;

namespace Cnn.Plots;

/// <summary>A page that needs no other file: pictures are inside it, and nothing in it runs.</summary>
internal sealed class HtmlPage
{
    private const string Style = """
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff }
        h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2.5rem; border-bottom: 1px solid #ddd }
        img { max-width: 100% } figure { margin: 1rem 0 } figcaption { color: #555 }
        .gallery { display: flex; flex-wrap: wrap; gap: .75rem } .gallery figure { margin: 0; width: 7rem }
        .gallery img { width: 7rem; image-rendering: pixelated }
        pre { overflow-x: auto; background: #f6f6f6; padding: .75rem; font-size: 13px; line-height: 1.35 } td { padding: .1rem 1.5rem .1rem 0 }
        """;

    private readonly StringBuilder _text = new();

    public HtmlPage(string title)
    {
        string name = WebUtility.HtmlEncode(title);
        _text.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n")
            .Append(CultureInfo.InvariantCulture, $"<title>{name}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n<h1>{name}</h1>\n");
    }

    public void Heading(string text) => _text.Append(CultureInfo.InvariantCulture, $"<h2>{WebUtility.HtmlEncode(text)}</h2>\n");

    public void Text(string text) => _text.Append(CultureInfo.InvariantCulture, $"<p>{WebUtility.HtmlEncode(text)}</p>\n");

    public void Code(string text) => _text.Append(CultureInfo.InvariantCulture, $"<pre>{WebUtility.HtmlEncode(text.TrimEnd())}</pre>\n");

    public void Picture(byte[] png, string caption) => _text.Append(Figure(png, caption));

    public void Gallery(IEnumerable<(byte[] Png, string Caption)> pictures) =>
        _text.Append("<div class=\"gallery\">\n").AppendJoin("", pictures.Select(static picture => Figure(picture.Png, picture.Caption))).Append("</div>\n");

    public void Table(IEnumerable<(string Name, string Value)> rows)
    {
        _text.Append("<table>\n");
        foreach ((string name, string value) in rows)
            _text.Append(CultureInfo.InvariantCulture, $"<tr><td>{WebUtility.HtmlEncode(name)}</td><td>{WebUtility.HtmlEncode(value)}</td></tr>\n");
        _text.Append("</table>\n");
    }

    public override string ToString() => _text + "</body>\n</html>\n";

    private static string Figure(byte[] png, string caption)
    {
        string words = WebUtility.HtmlEncode(caption);
        return $"<figure><img alt=\"{words}\" src=\"data:image/png;base64,{Convert.ToBase64String(png)}\"><figcaption>{words}</figcaption></figure>\n";
    }
}
