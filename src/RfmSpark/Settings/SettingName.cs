namespace RfmSpark.Settings;

/// <summary>Names as settings are written: the members of the records and enumerations here, their first letter small.</summary>
public static class SettingName
{
    /// <summary>The name of a member.</summary>
    public static string Of(string member) => char.ToLowerInvariant(member[0]) + member[1..];

    /// <summary>The name of a value.</summary>
    public static string Of(Enum value) => Of(value.ToString());
}
