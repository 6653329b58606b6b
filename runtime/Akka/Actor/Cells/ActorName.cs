using Akka.Util;

namespace Akka.Actor;

internal enum NameKind : byte
{
    Text,

    /// <summary>The shortest decimal spelling of a number that is not negative: no string is kept.</summary>
    Number,

    /// <summary>$ and a number in base 64: chosen by the runtime.</summary>
    Automatic,
}

/// <summary>A name as a child's entry keeps it: a number for most, and the text only where it is not one.</summary>
internal readonly record struct ActorName(NameKind Kind, long Key, string Text)
{
    public static ActorName Automatic(long number) => new(NameKind.Automatic, number, null);

    public static ActorName Of(string name)
    {
        if (TryNumber(name, out var number))
            return new ActorName(NameKind.Number, number, null);
        if (name.Length > 1 && name[0] == '$' && Base64Name.TryParse(name.AsSpan(1), out number))
            return new ActorName(NameKind.Automatic, number, null);
        return new ActorName(NameKind.Text, Hash(name), name);
    }

    public static string Spell(NameKind kind, long key) => kind == NameKind.Number ? key.ToString() : "$" + Base64Name.Of(key);

    /// <summary>Mixes the key over all bits, so that consecutive numbers may share a table with hashes.</summary>
    public int Bucket(int mask) => BucketOf(Key, mask);

    public static int BucketOf(long key, int mask) => (int)((ulong)key * 0x9E3779B97F4A7C15 >> 32) & mask;

    private static bool TryNumber(string name, out long number)
    {
        number = 0;
        if (name.Length is 0 or > 18 || (name[0] == '0' && name.Length > 1))
            return false;
        foreach (var c in name)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            number = (number * 10) + (c - '0');
        }
        return true;
    }

    /// <summary>The same in every process, unlike <see cref="string.GetHashCode()"/>.</summary>
    private static long Hash(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in name)
            hash = (hash ^ c) * 1099511628211UL;
        return (long)hash;
    }
}
