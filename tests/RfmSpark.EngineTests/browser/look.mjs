// Opens pages in a real Chromium and prints, as JSON, what it finds there: node look.mjs PAGE…
import axe from "axe-core";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const looks = { light: { colorScheme: "light", viewport: { width: 1200, height: 900 } }, dark: { colorScheme: "dark", viewport: { width: 1200, height: 900 } }, phone: { colorScheme: "light", viewport: { width: 390, height: 844 } } };

// The strokes of intervals in the text's colour, and how many of them something else is painted over. They are looked for near their lower end, which lies within the bar.
function intervals() {
  const text = getComputedStyle(document.body).getPropertyValue("--text").trim();
  const strokes = [...document.querySelectorAll(`#clv-segments path[stroke="${text}"], #prices-chart path[stroke="${text}"]`)];
  const hidden = strokes.filter((stroke) => {
    stroke.scrollIntoView({ behavior: "instant", block: "center" });
    const { left, top, width, height } = stroke.getBoundingClientRect();
    return document.elementFromPoint(left + width / 4, top + height / 2)?.getAttribute("stroke") !== text;
  });
  return { strokes: strokes.length, hidden: hidden.length };
}

async function lookAt(browser, url, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const seen = { complaints: [], requests: [] };
  page.on("console", (message) => seen.complaints.push(message.text()));
  page.on("pageerror", (error) => seen.complaints.push(error.message));
  page.on("dialog", (dialog) => { seen.complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (request.url() !== url) seen.requests.push(request.url()); });
  const start = performance.now();
  await page.goto(url, { waitUntil: "load" });
  seen.milliseconds = performance.now() - start;
  await page.waitForFunction(() => document.documentElement.dataset.drawn === "all");
  seen.drawnAfter = performance.now() - start;
  Object.assign(seen, await page.evaluate(() => ({
    sections: Object.fromEntries([...document.querySelectorAll("main > section")].map((section) => [section.id, section.innerText])),
    tables: Object.fromEntries([...document.querySelectorAll("table")].map((table) => [table.caption.textContent, [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent))])),
    charts: Object.fromEntries([...document.querySelectorAll("[data-chart]")].map((place) => [place.dataset.chart, { shapes: place.querySelectorAll("svg path, svg rect").length, says: place.getAttribute("aria-label"), texts: [...place.querySelectorAll("svg text")].map((text) => text.textContent) }])),
    elements: [...new Set([...document.querySelectorAll("*")].map((element) => element.localName))],
    hacked: window.hacked ?? null,
    pageWidth: document.documentElement.scrollWidth,
    overlapping: [...document.querySelectorAll("nav a")].map((link) => [link.textContent, link.getBoundingClientRect()])
      .filter(([, a], i, links) => links.slice(0, i).some(([, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)).map(([text]) => text),
  })));
  seen.intervals = await page.evaluate(intervals);
  // The page's own policy lets no script in, not even this one: axe runs outside of it.
  seen.axe = (await page.evaluate(`${axe.source}; axe.run(document, { resultTypes: ["violations"] })`)).violations
    .map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(" | ")}`);
  // By the keyboard alone: the second view of the heat map, and the table under it.
  const radio = page.locator("#grid input[type=radio]").first();
  if (await radio.count()) {
    await radio.focus();
    await page.keyboard.press("ArrowRight");
    seen.afterArrow = await page.locator("#grid svg text").allTextContents();
    await page.locator("#grid summary").focus();
    await page.keyboard.press("Enter");
    seen.opened = await page.locator("#grid details").evaluate((details) => details.open);
  }
  const complaints = [...seen.complaints];
  seen.letIn = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.letIn = true";
    document.body.append(script);
    return window.letIn ?? false;
  });
  if (options === looks.light) {
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    seen.print = await page.evaluate(() => ({
      closed: document.querySelectorAll("details:not([open])").length,
      broken: [...document.querySelectorAll("th")].flatMap((heading) => [...heading.textContent.matchAll(/(?<=^|\s)\p{L}{2,11}(?=\s|$)/gu)].filter(({ 0: word, index }) => {
        const range = document.createRange();
        range.setStart(heading.firstChild, index);
        range.setEnd(heading.firstChild, index + word.length);
        return range.getClientRects().length > 1;
      }).map(([word]) => word)),
      // Where the text of urgent cells begins, after the bar that marks them.
      afterBar: Math.min(...[...document.querySelectorAll("td.p1, td.p2")].map((cell) => cell.firstChild.getBoundingClientRect().left - cell.getBoundingClientRect().left)),
      widest: Math.max(...[...document.querySelectorAll("svg, table")].map((element) => element.getBoundingClientRect().right)) - document.body.getBoundingClientRect().left,
    }));
  }
  await context.close();
  // Without the browser's word on the script that was refused just now.
  return { ...seen, complaints };
}

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args });
try {
  const found = [];
  for (const path of process.argv.slice(2)) {
    const of = {};
    for (const [name, options] of Object.entries(looks)) of[name] = await lookAt(browser, pathToFileURL(path).href, options);
    found.push(of);
  }
  console.log(JSON.stringify(found));
} finally {
  await browser.close();
}
