import { legend, values } from "./axes.js";

export function scatter(chart, look) {
  const log = { type: "log", minorSplitLine: { show: false }, nameLocation: "middle" };
  return {
    height: look.isNarrow ? 400 : 440,
    legend: { ...legend(look), icon: undefined },
    grid: { left: 64, right: 20, top: 44, bottom: 50 },
    xAxis: values(look, chart.xName, "Count", { ...log, nameGap: 30, splitLine: { show: false } }),
    yAxis: values(look, chart.yName, chart.yFormat, { ...log, nameGap: 48 }),
    tooltip: { trigger: "item", formatter: ({ seriesName, value: [x, y] }) => `${seriesName}\n${chart.xName}: ${look.write("Count", x)}\n${chart.yName}: ${look.write(chart.yFormat, y)}` },
    series: chart.groups.map((group, i) => ({
      type: "scatter",
      name: group.name,
      symbol: look.symbols[i % look.symbols.length],
      symbolSize: 7,
      itemStyle: { color: look.series[i % look.series.length], opacity: 0.65 },
      data: group.points,
    })),
  };
}
