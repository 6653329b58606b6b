using System.Globalization;
using System.Linq;
using System.Text;

namespace Akka.Configuration.Parsing;

/// <summary>Reading and writing resolved trees.</summary>
internal static class Tree
{
    /// <returns>The node at a path, null where there is none.</returns>
    public static Node Find(ObjectNode root, string[] path)
    {
        Node node = root;
        foreach (var key in path)
        {
            if (node is not ObjectNode o || !o.Fields.TryGetValue(key, out node))
                return null;
        }
        return node;
    }

    public static string Render(Node node, int indent = 0, int step = 2)
    {
        var text = new StringBuilder();
        Write(text, node, indent, step);
        return text.ToString();
    }

    private static void Write(StringBuilder to, Node node, int indent, int step)
    {
        switch (node)
        {
            case ObjectNode { Fields.Count: 0 }:
                to.Append("{}");
                break;
            case ObjectNode o:
                to.Append("{\n");
                foreach (var (key, value) in o.Fields)
                {
                    to.Append(' ', (indent + 1) * step).Append(Keys.Quote(key)).Append(" : ");
                    Write(to, value, indent + 1, step);
                    to.Append('\n');
                }
                to.Append(' ', indent * step).Append('}');
                break;
            case ArrayNode a:
                to.Append('[').AppendJoin(", ", a.Items.Select(i => Render(i, indent, step))).Append(']');
                break;
            case Scalar s:
                to.Append(s.Kind switch { ScalarKind.Null => "null", ScalarKind.Unquoted => s.Text, _ => Quote(s.Text) });
                break;
        }
    }

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append("\\n"),
                < ' ' => quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => quoted.Append(c),
            };
        }
        return quoted.Append('"').ToString();
    }
}
