import { draw } from "./draw.js";
import { choices } from "./choices.js";

const { currency, charts } = JSON.parse(document.getElementById("page-data").textContent);
const drawings = [...document.querySelectorAll("[data-chart]")].map((place) => draw(place, charts[place.dataset.chart], currency));

for (const drawing of drawings) choices(drawing);

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawings.forEach((drawing) => drawing.redraw()));

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) drawings.find((drawing) => drawing.place === target)?.fit();
});
for (const drawing of drawings) sizes.observe(drawing.place);

// On paper: as wide as it, in the light colours, and every table open.
let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details:not([open])")];
  for (const details of closed) details.open = true;
  document.body.classList.add("printing");
  for (const drawing of drawings) drawing.redraw();
});
addEventListener("afterprint", () => {
  for (const details of closed) details.open = false;
  document.body.classList.remove("printing");
  for (const drawing of drawings) drawing.redraw();
});
