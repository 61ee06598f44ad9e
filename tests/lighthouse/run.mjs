// Runs Lighthouse as on a phone over addresses, one after another, in a Chromium that listens on a port, and prints
// what it says of each as one line of JSON: node run.mjs '{"modules": "…/node_modules", "port": 1, "pages": ["…"],
// "categories": ["seo"], "skipped": {"…": ["is-crawlable"]}, "times": 1}'
import { pathToFileURL } from "node:url";

const { modules, port, pages, categories, skipped = {}, times = 1 } = JSON.parse(process.argv[2]);
const { default: lighthouse } = await import(pathToFileURL(`${modules}/lighthouse/core/index.js`).href);
const isTimed = categories.includes("performance");
// What is not timed has nothing to settle: no trace is read. The way of slowing down stays the simulated one, which only
// reckons; any other makes Lighthouse wait five seconds twice for each page.
const settings = isTimed
  ? {}
  : {
      pauseAfterFcpMs: 0,
      pauseAfterLoadMs: 0,
      networkQuietThresholdMs: 100,
      cpuQuietThresholdMs: 0,
      disableStorageReset: true,
    };

const failed = (result) =>
  Object.values(result.audits)
    .filter((one) => one.score !== null && one.score < 1 && one.scoreDisplayMode !== "informative")
    .map((one) => ({
      id: one.id,
      score: one.score,
      says: one.displayValue || one.explanation || one.title,
      where: [one.details?.items ?? []].flat().slice(0, 5).map((item) => item.node?.snippet ?? item.description ?? item.url ?? ""),
    }));

for (const page of pages) {
  for (let turn = 0; turn < times; turn += 1) {
    const flags = { port, logLevel: "silent", onlyCategories: categories, disableFullPageScreenshot: true, maxWaitForLoad: 60000 };
    const { lhr } = await lighthouse(page, { ...flags, ...settings, skipAudits: skipped[page] ?? null });
    const scores = Object.fromEntries(Object.values(lhr.categories).map((one) => [one.id, one.score]));
    const audits = lhr.audits;
    const timed = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "total-byte-weight"];
    const figures = Object.fromEntries(timed.filter((id) => audits[id]).map((id) => [id, audits[id].numericValue]));
    const error = lhr.runtimeError?.message ?? "";
    console.log(JSON.stringify({ page, scores, figures, error, version: lhr.lighthouseVersion, failed: failed(lhr) }));
  }
}
process.exit(0);
