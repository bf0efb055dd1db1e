import { categories, values } from "./axes.js";

const HEIGHT = 150;
const ABOVE = 34;
const BELOW = 42;

// Small charts over a common axis: two beside each other where there is room.
export function panels(chart, look) {
  const columns = look.isNarrow ? 1 : 2;
  const rows = Math.ceil(chart.items.length / columns);
  const width = look.width / columns;
  const places = chart.items.map((_, i) => ({ left: (i % columns) * width + 58, width: width - 82, top: Math.floor(i / columns) * (HEIGHT + ABOVE + BELOW) + ABOVE, height: HEIGHT }));
  return {
    height: rows * (HEIGHT + ABOVE + BELOW),
    grid: places,
    xAxis: chart.items.map((_, i) => categories(look, chart.xName, chart.x, { gridIndex: i, nameGap: 24, axisLabel: { hideOverlap: true } })),
    yAxis: chart.items.map((item, i) => values(look, item.name, item.format, { gridIndex: i, scale: true, splitNumber: 3, nameTextStyle: { color: look.text, align: "left", fontWeight: "bold", padding: [0, 0, 0, -44] } })),
    tooltip: { trigger: "axis", formatter: (points) => [`${chart.xName}: ${chart.x[points[0].dataIndex]}`, ...points.map((point) => `${point.seriesName}: ${look.write(chart.items[point.seriesIndex].format, point.value)}`)].join("\n") },
    series: chart.items.map((item, i) => ({
      type: "line",
      name: item.name,
      xAxisIndex: i,
      yAxisIndex: i,
      showAllSymbol: true,
      lineStyle: { color: look.series[0], width: 2 },
      itemStyle: { color: look.series[0] },
      data: item.values.map((value, at) => (at === chart.marked ? { value, symbol: "diamond", symbolSize: 14, itemStyle: { color: look.series[1] } } : { value, symbol: "circle", symbolSize: 5 })),
      markLine: item.bounds ? { silent: true, symbol: "none", lineStyle: { color: look.muted, type: "dashed" }, label: { color: look.muted, position: "insideEndTop", formatter: ({ value }) => look.write(item.format, value) }, data: item.bounds.map((yAxis) => ({ yAxis })) } : undefined,
    })),
  };
}
