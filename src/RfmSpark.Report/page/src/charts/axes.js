// Axes as all charts of this page have them.
export function categories(look, name, data, more = {}) {
  return { type: "category", data, name, nameLocation: "middle", nameGap: 30, nameTextStyle: { color: look.muted }, axisLabel: { color: look.text, ...more.axisLabel }, axisLine: { lineStyle: { color: look.line } }, axisTick: { show: false }, ...without(more, "axisLabel") };
}

export function values(look, name, format, more = {}) {
  return { type: "value", name, nameTextStyle: { color: look.muted }, axisLabel: { color: look.text, hideOverlap: true, formatter: (value) => look.short(format, value) }, splitLine: { lineStyle: { color: look.line } }, axisLine: { show: false }, ...more };
}

export function legend(look) {
  return { top: 0, left: 0, icon: "roundRect", textStyle: { color: look.text } };
}

function without(object, name) {
  const { [name]: _, ...rest } = object;
  return rest;
}
