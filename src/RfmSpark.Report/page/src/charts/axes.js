// Axes as all charts of this page have them.
export function categories(look, name, data, more = {}) {
  return { type: "category", data, name, nameLocation: "middle", nameGap: 30, nameTextStyle: { color: look.muted }, axisLabel: { color: look.text, ...more.axisLabel }, axisLine: { lineStyle: { color: look.line } }, axisTick: { show: false }, ...without(more, "axisLabel") };
}

export function values(look, name, format, more = {}) {
  return { type: "value", name, nameTextStyle: { color: look.muted }, axisLabel: { color: look.text, hideOverlap: true, formatter: (value) => look.short(format, value) }, splitLine: { lineStyle: { color: look.line } }, axisLine: { show: false }, max: format === "Percent" ? end : undefined, ...more };
}

// The next round number after a share may lie beyond 100 %, and no share does: an axis that comes near ends there. Null leaves it to the chart.
function end({ min, max }) {
  // The most that a chart adds: around a flat line, half its value, or up to 1 from 0.
  const above = (max - min || max) / 2 || 1;
  return max <= 1 && max + above >= 1 ? 1 : null;
}

export function legend(look) {
  return { top: 0, left: 0, icon: "roundRect", textStyle: { color: look.text } };
}

function without(object, name) {
  const { [name]: _, ...rest } = object;
  return rest;
}
