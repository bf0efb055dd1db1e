import { categories } from "./axes.js";
import { onGround } from "../look.js";

const CELL = 30;

export function heatmap(chart, look, view) {
  const { name, format, cells, darkest } = chart.views[view];
  const numbers = cells.map((cell) => cell[2]);
  const [least, most] = [Math.min(0, ...numbers), darkest ?? Math.max(...numbers, 1e-9)];
  const share = (value) => Math.min(1, (value - least) / (most - least));
  const left = look.isNarrow ? 76 : 96;
  const room = (look.width - left - 24) / chart.x.length;
  const hasLabels = room > 33;
  return {
    height: Math.min(820, Math.max(300, chart.y.length * CELL + 130)),
    grid: { left, right: 16, top: 8, bottom: 96 },
    xAxis: categories(look, chart.xName, chart.x, { splitArea: { show: false } }),
    yAxis: categories(look, chart.yName, chart.y, { nameGap: left - 22, axisLabel: { interval: 0 } }),
    visualMap: { min: least, max: most, calculable: false, orient: "horizontal", left: "center", bottom: 4, itemWidth: 12, itemHeight: 160, inRange: { color: [look.low, look.high] }, textStyle: { color: look.text }, text: [look.short(format, most), look.short(format, least)] },
    tooltip: { formatter: ({ value: [x, y, value] }) => `${chart.xName}: ${chart.x[x]}\n${chart.yName}: ${chart.y[y]}\n${name}: ${look.write(format, value)}` },
    series: [{
      type: "heatmap",
      data: cells.map((value) => ({ value, label: { color: onGround(look.low, look.high, share(value[2])) } })),
      itemStyle: { borderColor: look.ground, borderWidth: 1 },
      label: { show: hasLabels, fontSize: room > 48 ? 11 : 10, formatter: ({ value }) => look.cell(format, value[2]) },
      emphasis: { itemStyle: { borderColor: look.text, borderWidth: 2 } },
    }],
  };
}
