using RfmSpark.Settings;

namespace RfmSpark.Rfm;

/// <summary>The legends, the names of the overall scores and the names for clusters, as <c>segments.json</c> has them.</summary>
/// <param name="Legends">By name.</param>
/// <param name="Overall">Overall score 0 to 9 → value segment and sub-segment.</param>
/// <param name="Personas">Sets of names for clusters, by name.</param>
public sealed record SegmentsFile(IReadOnlyDictionary<string, Legend> Legends, IReadOnlyList<OverallSegment> Overall, IReadOnlyDictionary<string, PersonaSet> Personas)
{
    // A segment is a folder of the table, under its name with %XX for special characters; file systems take 255 bytes with "segment=".
    private const int LongestName = 240;

    /// <summary>Reads the file. Legends are checked when one is chosen, with <see cref="Choose"/>.</summary>
    /// <exception cref="ConfigFault">It is not there, is no such JSON, or does not name every overall score once.</exception>
    public static SegmentsFile Read(string path)
    {
        var form = JsonFile.Read<FileForm>(path, "segments", "rfm.segmentsFile");
        List<string> faults = [];
        var legends = form.Legends.Where(l => l.Value is not null).ToDictionary(l => l.Key, l => ToLegend(l.Key, l.Value, path, faults));
        var overall = ToOverall(form.Overall, path, faults);
        var personas = form.Personas.Where(p => p.Value is not null).ToDictionary(p => p.Key, p => ToPersonas(p.Key, p.Value));
        var names = legends.Values.SelectMany(l => l.Segments.Select(s => s.Name).Append(l.Rest))
            .Concat(overall.Select(o => o.ValueSegment))
            .Concat(personas.Values.SelectMany(set => set.Personas.Select(p => p.Name)));
        faults.AddRange(NoSegment.Names.Intersect(names).Select(name =>
            $"{path}: '{name}' says in segment_migration that customers are in no segment; no segment, value segment or persona may have this name."));
        return faults.Count == 0 ? new SegmentsFile(legends, overall, personas) : throw new ConfigFault(faults);
    }

    /// <summary>The legend of that name, checked.</summary>
    /// <exception cref="ConfigFault">There is none, it is for another number of bins, or it names the cells wrongly.</exception>
    public LegendCheck Choose(string name, int bins)
    {
        if (!Legends.TryGetValue(name, out var legend))
            throw new ConfigFault($"rfm.legend is '{name}'; there are {string.Join(", ", Legends.Keys)}.");
        if (legend.Bins != bins)
            throw new ConfigFault($"rfm.bins is {bins}; legend {name} is made for {legend.Bins}. Set rfm.bins={legend.Bins}, or {OfBins(bins)}.");
        var check = LegendCheck.Of(legend);
        var faults = check.Faults().Select(fault => $"legend {name}: {fault}").ToList();
        return faults.Count == 0 ? check : throw new ConfigFault(faults);
    }

    // Those that come with the program are for 3 and for 5.
    private string OfBins(int bins) => Legends.Where(l => l.Value.Bins == bins).Select(l => l.Key).ToList() is { Count: > 0 } others
        ? $"rfm.legend to {string.Join(" or ", others)}"
        : $"write a legend of {bins} \"bins\" into a segments file of your own (rfm.segmentsFile)";

    /// <summary>The set of names for clusters of that name, checked.</summary>
    /// <exception cref="ConfigFault">There is none, or it cannot be used.</exception>
    public PersonaSet ChoosePersonas(string name)
    {
        if (!Personas.TryGetValue(name, out var set))
            throw new ConfigFault($"clusters.personas is '{name}'; the segments file has "
                + $"{(Personas.Count == 0 ? "no \"personas\"; copy them into it from the segments.json beside base.json" : string.Join(", ", Personas.Keys))}.");
        var faults = set.Faults().Select(fault => $"personas {name}: {fault}.").ToList();
        return faults.Count == 0 ? set : throw new ConfigFault(faults);
    }

    private static PersonaSet ToPersonas(string name, OrderedDictionary<string, PersonaForm> personas) => new(name,
        [.. personas.Select(p => new Persona(p.Key, p.Value is { Recency: { } r, Frequency: { } f, Monetary: { } m } ? [r, f, m] : null, p.Value?.CompositeFrom))]);

    private static Legend ToLegend(string name, LegendForm form, string path, List<string> faults)
    {
        var length = form.Scores == LegendScores.Rfm ? 3 : 2;
        if (form.Bins is < 2 or > 10) faults.Add($"{path}: legend {name} has bins {form.Bins}; they must be 2 to 10.");
        List<LegendSegment> segments = [];
        foreach (var (segment, cells) in form.Segments)
        {
            CheckName(segment, name, path, faults);
            if (cells is null)
            {
                faults.Add($"{path}: legend {name}, {segment} has no cells.");
                continue;
            }
            List<CellPattern> patterns = [];
            foreach (var text in cells.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (CellPattern.Parse(text, length, form.Bins) is { } pattern) patterns.Add(pattern);
                else faults.Add($"{path}: legend {name}, {segment}: '{text}' is no pattern of {length} scores from 1 to {form.Bins}, such as {(length == 3 ? "[45][1-3]." : "[45].")}.");
            }
            segments.Add(new LegendSegment(segment, patterns));
        }
        if (form.Rest is not null) CheckName(form.Rest, name, path, faults);
        return new Legend(name, form.Bins, form.Scores, form.FirstMatch, form.Rest, form.Unreachable ?? [], segments) { High = form.High ?? [], AtRisk = form.AtRisk ?? [] };
    }

    private static void CheckName(string segment, string legend, string path, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(segment)) faults.Add($"{path}: legend {legend} has a segment without a name.");
        if (Uri.EscapeDataString(segment).Length > LongestName) faults.Add($"{path}: legend {legend} has a segment whose name is too long to be a folder's: {segment}");
    }

    private static List<OverallSegment> ToOverall(OverallForm form, string path, List<string> faults)
    {
        List<OverallSegment> overall = [];
        for (var score = 0; score <= 9; score++)
        {
            var value = form.ValueSegments.Where(s => s.Value?.Contains(score) == true).Select(s => s.Key).ToList();
            var sub = form.SubSegments.Where(s => s.Value?.Contains(score) == true).Select(s => s.Key).ToList();
            if (value.Count != 1) faults.Add($"{path}: overall.valueSegments names score {score} {value.Count} times; it must be once.");
            if (sub.Count != 1) faults.Add($"{path}: overall.subSegments names score {score} {sub.Count} times; it must be once.");
            if (value.Count == 1 && sub.Count == 1) overall.Add(new OverallSegment(score, value[0], sub[0]));
        }
        return overall;
    }

    private sealed record FileForm
    {
        public required Dictionary<string, LegendForm> Legends { get; init; }
        public required OverallForm Overall { get; init; }
        public Dictionary<string, OrderedDictionary<string, PersonaForm>> Personas { get; init; } = [];
    }

    private sealed record PersonaForm
    {
        public double? Recency { get; init; }
        public double? Frequency { get; init; }
        public double? Monetary { get; init; }
        public double? CompositeFrom { get; init; }
    }

    private sealed record LegendForm
    {
        public required int Bins { get; init; }
        public LegendScores Scores { get; init; } = LegendScores.Rfm;
        public bool FirstMatch { get; init; }
        public string? Rest { get; init; }
        public IReadOnlyList<string>? Unreachable { get; init; }
        public IReadOnlyList<string>? High { get; init; }
        public IReadOnlyList<string>? AtRisk { get; init; }
        public required OrderedDictionary<string, string> Segments { get; init; }
    }

    private sealed record OverallForm
    {
        public required Dictionary<string, int[]> ValueSegments { get; init; }
        public required Dictionary<string, int[]> SubSegments { get; init; }
    }
}

/// <summary>The names of one overall score.</summary>
public sealed record OverallSegment(int Score, string ValueSegment, string SubSegment);
