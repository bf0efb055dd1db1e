import { onGround } from "../look.js";

export function treemap(chart, look) {
  const shades = chart.items.map((item) => item.shade ?? 0);
  const [least, most] = [Math.min(...shades), Math.max(...shades)];
  // The whole, around its parts, has a name and a value too, and is not to be told.
  const told = (text) => ({ name, value }) => (Array.isArray(value) ? text(name, ...value) : "");
  const share = (shade) => (most > least ? (shade - least) / (most - least) : 0.5);
  return {
    height: look.isNarrow ? 420 : 400,
    tooltip: { formatter: told((name, size, shade) => `${name}\n${chart.sizeName}: ${look.write(chart.sizeFormat, size)}\n${chart.shadeName}: ${look.write(chart.shadeFormat, shade)}`) },
    series: [{
      type: "treemap",
      roam: false,
      nodeClick: false,
      breadcrumb: { show: false },
      left: 0, right: 0, top: 4, bottom: 4,
      data: chart.items.map((item) => ({
        name: item.name,
        value: [item.size, item.shade ?? 0],
        itemStyle: { color: mixed(look.low, look.high, share(item.shade ?? 0)), borderColor: look.ground, borderWidth: 2, gapWidth: 2 },
        label: { color: onGround(look.low, look.high, share(item.shade ?? 0)) },
      })),
      label: { fontSize: 12, lineHeight: 16, overflow: "truncate", formatter: told((name, size, shade) => `${name}\n${look.write(chart.sizeFormat, size)}\n${look.short(chart.shadeFormat, shade)} each`) },
    }],
  };
}

function mixed(low, high, share) {
  const part = (i) => Math.round(parseInt(low.slice(i, i + 2), 16) * (1 - share) + parseInt(high.slice(i, i + 2), 16) * share).toString(16).padStart(2, "0");
  return `#${part(1)}${part(3)}${part(5)}`;
}
