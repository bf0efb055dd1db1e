namespace RfmSpark.Tests;

/// <summary>Where things lie in the checkout that these tests were built from.</summary>
internal static class Checkout
{
    /// <summary>The folder of RfmSpark.sln.</summary>
    internal static string Root { get; } = Find();

    internal static string Conf => Path.Combine(Root, "conf");

    internal static string Data => Path.Combine(Root, "tests", "data");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "RfmSpark.sln"))) return folder.FullName;
        throw new InvalidOperationException("The tests do not run inside the checkout.");
    }
}
