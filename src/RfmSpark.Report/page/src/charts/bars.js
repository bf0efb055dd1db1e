import { categories, legend, values } from "./axes.js";

const WHISKER = 5;
const STROKE = 1.5;
const EDGE = 5;

// Lying, so that names can be read.
export function bars(chart, look) {
  const several = chart.series.length > 1;
  const row = several ? 20 + 14 * chart.series.length : 30;
  return {
    height: Math.max(150, chart.names.length * row + (several ? 100 : 76)),
    legend: several ? legend(look) : undefined,
    grid: { left: 8, right: 74, top: several ? 40 : 24, bottom: 40, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    yAxis: categories(look, undefined, chart.names, { inverse: true, axisLabel: { width: look.isNarrow ? 92 : 170, overflow: "truncate", interval: 0 } }),
    xAxis: values(look, chart.valueName, chart.format, { nameLocation: "middle", nameGap: 26, max: chart.mark === undefined ? undefined : ({ max }) => (max < chart.mark ? chart.mark : null) }),
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, formatter: (points) => told(chart, look, points[0].dataIndex) },
    series: chart.series.flatMap((series, i) => [
      {
        type: "bar",
        name: series.name,
        barMaxWidth: 18,
        itemStyle: { color: look.series[i % look.series.length] },
        // Where an interval is drawn, a number would stand in it.
        label: { show: !series.low, position: "right", color: look.text, fontSize: 11, formatter: ({ value }) => look.short(chart.format, value) },
        data: series.values,
        markLine: i === 0 && chart.mark !== undefined ? { silent: true, symbol: "none", lineStyle: { color: look.text, type: "dashed" }, label: { color: look.text, position: "start", formatter: "{b}" }, data: [{ xAxis: chart.mark, name: chart.markName }] } : undefined,
      },
      ...(series.low ? [intervals(series, look)] : []),
    ]),
  };
}

function told(chart, look, at) {
  return [chart.names[at], ...chart.series.map((series) => {
    const interval = series.low && series.low[at] !== null ? ` (${look.write(chart.format, series.low[at])} to ${look.write(chart.format, series.high[at])})` : "";
    return `${series.name}: ${look.write(chart.format, series.values[at])}${interval}`;
  }), ...(chart.mark === undefined ? [] : [`${chart.markName}: ${look.write(chart.format, chart.mark)}`])].join("\n");
}

function intervals(series, look) {
  return {
    type: "custom",
    silent: true,
    // Above the bars: half of an interval lies within its own.
    z: 3,
    encode: { x: [1, 2], y: 0 },
    data: series.low.map((low, i) => [i, low, series.high[i]]).filter(([, low]) => low !== null),
    renderItem(_, api) {
      const [from, to] = [api.coord([api.value(1), api.value(0)]), api.coord([api.value(2), api.value(0)])];
      const lines = (stroke, lineWidth) => {
        const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke, lineWidth } });
        return [line(from[0], from[1], to[0], to[1]), line(from[0], from[1] - WHISKER, from[0], from[1] + WHISKER), line(to[0], to[1] - WHISKER, to[0], to[1] + WHISKER)];
      };
      // Edged with the ground: the text's colour alone is hard to see on a bar, most of all in the dark.
      return { type: "group", children: [...lines(look.ground, EDGE), ...lines(look.text, STROKE)] };
    },
  };
}
