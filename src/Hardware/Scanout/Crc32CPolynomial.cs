namespace DrmActors.Hardware.Scanout;

/// <summary>Products of bit polynomials, less multiples of CRC-32C's. The highest bit is the coefficient of x^0, as in the CRC.</summary>
internal static class Crc32CPolynomial
{
    private const uint Reflected = 0x82f63b78;
    private const uint One = 1u << 31;
    private const uint X = 1u << 30;

    internal static uint Multiply(uint a, uint b)
    {
        var product = 0u;
        for (; a != 0; a <<= 1)
        {
            if ((a & One) != 0) product ^= b;
            b = (b & 1) == 0 ? b >> 1 : b >> 1 ^ Reflected;
        }

        return product;
    }

    internal static uint PowerOfX(long exponent)
    {
        var power = One;
        for (var square = X; exponent != 0; exponent >>= 1, square = Multiply(square, square))
            if ((exponent & 1) != 0)
                power = Multiply(power, square);
        return power;
    }
}
