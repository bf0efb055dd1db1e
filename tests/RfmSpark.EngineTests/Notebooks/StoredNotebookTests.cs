namespace RfmSpark.EngineTests.Notebooks;

/// <summary>The notebooks as a reader sees them who runs nothing.</summary>
public sealed class StoredNotebookTests
{
    private const string FolderOfAMachine = "/(home|root|tmp|work|Users|usr|opt|mnt|var|workspace)/";

    public static TheoryData<string> Notebooks => [.. Directory.EnumerateFiles(Path.Combine(Checkout.Root, "notebooks"), "*.ipynb").Select(f => Path.GetFileName(f))];

    [Theory, MemberData(nameof(Notebooks))]
    public void Every_cell_was_run_once_in_order_and_has_its_output(string name)
    {
        var notebook = NotebookFile.Stored(name);

        Assert.Equal(Enumerable.Range(1, notebook.Code.Count()), notebook.Code.Select(c => c["execution_count"]!.GetValue<int>()));
        Assert.All(notebook.Code.Where(c => !NotebookFile.IsSetup(c)), c => Assert.NotEmpty(NotebookFile.Outputs(c)));
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void No_output_is_an_error_or_noise_or_tells_where_and_when_it_was_run(string name)
    {
        var notebook = NotebookFile.Stored(name);

        Assert.All(notebook.Code.SelectMany(NotebookFile.Outputs), o => Assert.False(o["output_type"]!.GetValue<string>() == "error" || o["name"]?.GetValue<string>() == "stderr", o.ToJsonString()));
        Assert.All(notebook.Printed.Concat(notebook.Cells.Select(NotebookFile.Source)), text => Assert.DoesNotMatch(FolderOfAMachine, text));
        Assert.All(notebook.Code, c => Assert.Null(c["metadata"]!["execution"]));
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void There_are_ten_questions_each_with_how_to_read_the_answer(string name)
    {
        var questions = NotebookFile.Stored(name).Cells.Select(NotebookFile.Source).Where(s => s.StartsWith("## ", StringComparison.Ordinal)).ToList();

        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"## {i}."), questions.Select(q => q[..(q.IndexOf('.', StringComparison.Ordinal) + 1)]));
        Assert.All(questions, q => Assert.Matches(@"^## \d+\. [^\n]+\?\n\n(.+\.\n?)+$", q));
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void The_file_stays_small(string name) => Assert.InRange(new FileInfo(Path.Combine(Checkout.Root, "notebooks", name)).Length, 1, 400_000);

    [Fact]
    public void The_notebooks_share_their_setup_word_by_word()
    {
        var setups = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "notebooks"), "*.ipynb").Select(f => NotebookFile.Read(f).Code
            .Where((cell, i) => i == 0 || NotebookFile.IsSetup(cell)).SelectMany(cell => NotebookFile.Source(cell).Split('\n'))
            .Where(line => !line.StartsWith("TABLES ", StringComparison.Ordinal))).Select(lines => string.Join('\n', lines));

        Assert.Single(setups.Distinct());
    }
}
