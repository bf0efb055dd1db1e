// From the left to the right; a segment stands on both sides, under two names that are shown as one.
export function flows(chart, look, view) {
  const { links } = chart.views[view];
  const names = [...new Set(links.flatMap((link) => [link.from, link.to]))].sort();
  const colours = Object.fromEntries(names.map((name, i) => [name, look.series[i % look.series.length]]));
  const totals = (side) => links.reduce((sums, link) => sums.set(link[side], (sums.get(link[side]) ?? 0) + link.value), new Map());
  const node = (side) => ([name, value]) => ({ name: `${side}:${name}`, value, itemStyle: { color: colours[name] }, depth: side === "from" ? 0 : 1 });
  const shown = (id) => id.slice(id.indexOf(":") + 1);
  return {
    height: 480,
    tooltip: {
      formatter: ({ dataType, data, name, value }) => (dataType === "edge"
        ? `${shown(data.source)} → ${shown(data.target)}\n${look.write("Count", data.value)} customers`
        : `${shown(name)}, ${name.startsWith("from:") ? chart.fromName : chart.toName}\n${look.write("Count", value)} customers in the streams drawn`),
    },
    series: [{
      type: "sankey",
      left: look.isNarrow ? 92 : 130, right: look.isNarrow ? 92 : 130, top: 8, bottom: 8,
      nodeGap: 8,
      nodeWidth: 12,
      draggable: false,
      layoutIterations: 32,
      emphasis: { focus: "adjacency" },
      data: [...[...totals("from")].map(node("from")), ...[...totals("to")].map(node("to"))],
      links: links.map((link) => ({ source: `from:${link.from}`, target: `to:${link.to}`, value: link.value })),
      lineStyle: { color: "source", opacity: 0.35 },
      label: { color: look.text, fontSize: 12, width: look.isNarrow ? 82 : 120, overflow: "truncate", formatter: ({ name }) => shown(name) },
      levels: [{ depth: 0, label: { position: "left" } }, { depth: 1, label: { position: "right" } }],
    }],
  };
}
