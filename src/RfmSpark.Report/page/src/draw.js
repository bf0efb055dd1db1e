import { init, use } from "echarts/core";
import { BarChart, CustomChart, HeatmapChart, LineChart, SankeyChart, ScatterChart, TreemapChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
import { look } from "./look.js";
import { bars } from "./charts/bars.js";
import { curves } from "./charts/curves.js";
import { flows } from "./charts/flows.js";
import { heatmap } from "./charts/heatmap.js";
import { panels } from "./charts/panels.js";
import { scatter } from "./charts/scatter.js";
import { treemap } from "./charts/treemap.js";

use([BarChart, CustomChart, HeatmapChart, LineChart, SankeyChart, ScatterChart, TreemapChart, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent, SVGRenderer]);

const kinds = { bars, curves, flows, heatmap, panels, scatter, treemap };

// A chart in its place. A kind gives the options, and may give the height that its data needs.
export function draw(place, chart, currency) {
  const kind = kinds[chart.kind];
  let drawn = null;
  let view = 0;
  let width = 0;

  function redraw() {
    width = place.clientWidth;
    const now = look(width, currency);
    const { height, ...options } = kind(chart, now, view);
    if (height) place.style.height = `${height}px`;
    drawn ??= init(place, null, { renderer: "svg" });
    drawn.resize({ width, height: place.clientHeight });
    drawn.setOption({
      animation: false,
      textStyle: { fontFamily: now.font, color: now.text },
      // Text as text: a tooltip of markup would have to trust the names in it.
      tooltip: { renderMode: "richText", confine: true, backgroundColor: now.panel, borderColor: now.line, textStyle: { color: now.text, fontSize: 13 }, ...options.tooltip },
      ...Object.fromEntries(Object.entries(options).filter(([name]) => name !== "tooltip")),
    }, { notMerge: true });
  }

  redraw();
  return {
    place,
    chart,
    redraw,
    fit() {
      if (place.clientWidth !== width) redraw();
    },
    show(chosen) {
      view = chosen;
      redraw();
    },
  };
}
