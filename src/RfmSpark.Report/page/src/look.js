// Colours from the page's style, the width there is, and how numbers are written.
export function look(width, currency) {
  const style = getComputedStyle(document.body);
  const of = (name) => style.getPropertyValue(name).trim();
  return {
    width,
    // By its names: a text that inherits its font cannot be measured.
    font: style.fontFamily,
    isNarrow: width < 560,
    text: of("--text"),
    muted: of("--muted"),
    line: of("--line"),
    panel: of("--panel"),
    ground: of("--ground"),
    low: of("--low"),
    high: of("--high"),
    series: of("--series").split(" "),
    // With shapes, so that no group is told by its colour alone.
    symbols: ["circle", "triangle", "rect", "diamond", "pin", "roundRect", "arrow", "emptyCircle"],
    write: (format, value) => write(format, value, currency),
    short: (format, value) => short(format, value, currency),
    cell: (format, value) => (format === "Percent" ? `${whole.format(value * 100)}\u00a0%` : short(format, value, currency)),
  };
}

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const cents = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const tenth = new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const upToTenth = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 });

function write(format, value, currency) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const sign = value < 0 ? "−" : "";
  const size = Math.abs(value);
  switch (format) {
    case "Money": return sign + currency + (size < 100 ? cents : whole).format(size);
    case "Percent": return `${sign}${tenth.format(size * 100)}\u00a0%`;
    case "Change": return `${signOf(value)}${tenth.format(size * 100)}\u00a0%`;
    case "Ratio": return sign + cents.format(size);
    default: return sign + whole.format(size);
  }
}

// On axes and in cells, where there is little room.
function short(format, value, currency) {
  if (value === null || value === undefined) return "";
  const sign = value < 0 ? "−" : "";
  const size = Math.abs(value);
  if (format === "Change") return `${signOf(value)}${upToTenth.format(size * 100)}\u00a0%`;
  if (format === "Percent") return `${sign}${upToTenth.format(size * 100)}\u00a0%`;
  return sign + (format === "Money" ? currency : "") + compact.format(size);
}

// Of a share that is written with one digit after the point.
function signOf(change) {
  if (Math.abs(change) < 0.0005) return "±";
  return change > 0 ? "+" : "−";
}

// Black or white, whichever is read more easily on a ground between two colours.
export function onGround(low, high, share) {
  const mix = (i) => parseInt(low.slice(i, i + 2), 16) * (1 - share) + parseInt(high.slice(i, i + 2), 16) * share;
  const linear = (c) => ((c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const luminance = 0.2126 * linear(mix(1)) + 0.7152 * linear(mix(3)) + 0.0722 * linear(mix(5));
  return luminance > 0.179 ? "#000000" : "#ffffff";
}
