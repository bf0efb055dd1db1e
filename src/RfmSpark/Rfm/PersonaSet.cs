namespace RfmSpark.Rfm;

/// <summary>A name for a kind of customer, and where that kind lies.</summary>
/// <param name="Name">The name.</param>
/// <param name="Place">
/// Recency, frequency and monetary as shares of the customers that are worse: 0.9 of recency bought more recently than 90 % of them. Null if <paramref name="CompositeFrom"/> says it.
/// </param>
/// <param name="CompositeFrom">The least mean composite score, 0 to 3; null if <paramref name="Place"/> says it.</param>
public sealed record Persona(string Name, IReadOnlyList<double>? Place, double? CompositeFrom);

/// <summary>Names for clusters, all by place or all by composite score.</summary>
/// <param name="Name">The set's name.</param>
/// <param name="Personas">In order; by falling score if they go by it.</param>
public sealed record PersonaSet(string Name, IReadOnlyList<Persona> Personas)
{
    /// <summary>Whether the names go by composite score.</summary>
    public bool ByComposite => Personas[0].CompositeFrom is not null;

    /// <summary>What makes the set unfit for use; empty if nothing does.</summary>
    public IEnumerable<string> Faults()
    {
        if (Personas.Count == 0)
        {
            yield return "it has no names";
            yield break;
        }
        foreach (var persona in Personas)
        {
            if (string.IsNullOrWhiteSpace(persona.Name)) yield return "a persona has no name";
            if ((persona.Place is null) == (persona.CompositeFrom is null)) yield return $"{persona.Name} needs either recency, frequency and monetary, or compositeFrom";
            if (persona.Place?.Any(p => p is < 0 or > 1) == true) yield return $"{persona.Name} has a share outside 0 to 1";
        }
        if (Personas.Select(p => p.CompositeFrom is null).Distinct().Count() > 1) yield return "some names go by place and others by compositeFrom";
        if (Personas.Zip(Personas.Skip(1)).Any(pair => pair.First.CompositeFrom <= pair.Second.CompositeFrom)) yield return "compositeFrom must fall from name to name";
    }
}
