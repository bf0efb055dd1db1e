import { draw } from "./draw.js";
import { choices } from "./choices.js";

const { currency, charts } = JSON.parse(document.getElementById("page-data").textContent);
const waiting = [...document.querySelectorAll("[data-chart]")];
const drawings = [];

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) drawings.find((drawing) => drawing.place === target)?.fit();
});

function drawNext() {
  const place = waiting.shift();
  if (!place) return false;
  const drawing = draw(place, charts[place.dataset.chart], currency);
  drawings.push(drawing);
  choices(drawing);
  sizes.observe(place);
  return true;
}

// One after another from the top, so that the page is there to be read while those further down are drawn.
function drawAll() {
  if (drawNext()) setTimeout(drawAll);
  else document.documentElement.dataset.drawn = "all";
}
drawAll();

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawings.forEach((drawing) => drawing.redraw()));

// On paper: as wide as it, in the light colours, and every table open.
let closed = [];
addEventListener("beforeprint", () => {
  while (drawNext());
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
