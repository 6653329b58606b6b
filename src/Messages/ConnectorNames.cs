namespace DrmActors.Messages;

/// <summary>The kernel's names of connectors, as sysfs and logs show them: "HDMI-A-1".</summary>
public static class ConnectorNames
{
    public static string Spell(ConnectorType type, uint typeId) => $"{Spell(type)}-{typeId}";

    public static string Spell(ConnectorType type) => type switch
    {
        ConnectorType.Vga => "VGA",
        ConnectorType.DviI => "DVI-I",
        ConnectorType.DviD => "DVI-D",
        ConnectorType.DviA => "DVI-A",
        ConnectorType.SVideo => "SVIDEO",
        ConnectorType.Lvds => "LVDS",
        ConnectorType.NinePinDin => "DIN",
        ConnectorType.DisplayPort => "DP",
        ConnectorType.HdmiA => "HDMI-A",
        ConnectorType.HdmiB => "HDMI-B",
        ConnectorType.Tv => "TV",
        ConnectorType.Edp => "eDP",
        ConnectorType.Dsi => "DSI",
        ConnectorType.Dpi => "DPI",
        ConnectorType.Spi => "SPI",
        ConnectorType.Usb => "USB",
        _ => type.ToString(),
    };
}
