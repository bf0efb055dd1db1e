import { legend, values } from "./axes.js";

const FEW = 10;
const dashes = ["solid", "dashed", "dotted"];

export function curves(chart, look) {
  const xs = chart.lines.flatMap((line) => line.points.map(([x]) => x));
  return {
    height: 320,
    legend: legend(look),
    grid: { left: 64, right: 24, top: 44, bottom: 48 },
    xAxis: values(look, chart.xName, chart.xFormat, { nameLocation: "middle", nameGap: 28, min: Math.min(...xs), max: Math.max(...xs), splitLine: { show: false } }),
    yAxis: values(look, chart.yName, chart.yFormat, { min: 0, nameLocation: "middle", nameGap: 50 }),
    tooltip: { trigger: "axis", formatter: (points) => [`${chart.xName}: ${look.write(chart.xFormat, points[0].value[0])}`, ...points.map(({ seriesName, value }) => `${seriesName}: ${look.write(chart.yFormat, value[1])}`)].join("\n") },
    series: chart.lines.map((line, i) => ({
      type: "line",
      name: line.name,
      // A line of one point is none.
      showSymbol: line.points.length < FEW,
      lineStyle: { width: 2.5, type: dashes[i % dashes.length], color: look.series[i % look.series.length] },
      itemStyle: { color: look.series[i % look.series.length] },
      data: line.points,
    })),
  };
}
