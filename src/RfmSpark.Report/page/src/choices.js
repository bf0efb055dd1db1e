// Where a chart has several views: a row of radio buttons above it.
export function choices(drawing) {
  const views = drawing.chart.views ?? [];
  if (views.length < 2) return;
  const row = document.querySelector(`[data-choice="${drawing.place.dataset.chart}"]`);
  row.setAttribute("role", "radiogroup");
  row.setAttribute("aria-label", "What the chart shows");
  views.forEach((view, i) => {
    const label = document.createElement("label");
    const button = document.createElement("input");
    button.type = "radio";
    button.name = `view-${drawing.place.dataset.chart}`;
    button.checked = i === 0;
    button.addEventListener("change", () => drawing.show(i));
    label.append(button, document.createTextNode(view.name));
    row.append(label);
  });
}
