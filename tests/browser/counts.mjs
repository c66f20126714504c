// The review page counts by itself what a rule takes. This compares its counts with the engine's:
//
//     node tests/browser/counts.mjs review.html STATS
//
// STATS is what `dechrome pack stats` says of the same pack and pages.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { startChromium } from "./chromium.mjs";

const [path, stats] = process.argv.slice(2);
const rows = readFileSync(stats, "utf8").trim().split("\n").slice(1, -1);
const engine = rows.map((row) => {
  const [rule, lines, pages] = row.split(/\s+/u);
  return { rule: rule.split("/")[1], lines: Number(lines), pages: Number(pages) };
});
const browser = await startChromium();
const { page } = browser;
try {
  await page.send("Page.enable");
  await page.open(pathToFileURL(resolve(path)).href);
  const seen = [];
  for (let at = 0; at < engine.length; at += 1) {
    const count = await page.evaluate((at) => {
      document.querySelectorAll("#rules button")[at].click();
      const rule = document.querySelectorAll("#rules button")[at].textContent.split(" ")[0];
      return [rule, document.getElementById("count").textContent];
    }, at);
    const [, lines, pages] = count[1].match(/^takes (\d+)\s\S+ on (\d+) of/u);
    seen.push({ rule: count[0], lines: Number(lines), pages: Number(pages) });
  }
  assert.deepEqual(seen, engine, "the page (first) counts as the engine does");
  console.log(`${path}: ${engine.length} rules counted as the engine does`);
} finally {
  await browser.close();
}
