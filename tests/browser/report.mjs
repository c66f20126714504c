// Opens a report in a real browser and uses it as a reader does:
//
//     node tests/browser/report.mjs report.html
//
// What the page should show is worked out here from the data in the page, so any report will do: of an
// everyday corpus, of a hostile one, of a big one, of nothing.

import assert from "node:assert/strict";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { checks } from "./checks.mjs";
import { startChromium } from "./chromium.mjs";

// Everything that the page does and should not.
async function watch(page) {
  const seen = { requests: [], complaints: [] };
  page.on("Network.requestWillBeSent", ({ requestId, request }) => seen.requests.push({ requestId, url: request.url }));
  // What the page's policy stops is announced, but not sent.
  page.on("Network.loadingFailed", ({ requestId, blockedReason }) => {
    if (blockedReason === "csp") seen.requests = seen.requests.filter((request) => request.requestId !== requestId);
  });
  page.on("Network.webSocketCreated", ({ url }) => seen.requests.push({ url }));
  page.on("Runtime.exceptionThrown", ({ exceptionDetails: it }) =>
    seen.complaints.push(it.exception?.description ?? it.text),
  );
  page.on("Runtime.consoleAPICalled", ({ type, args }) => seen.complaints.push(`console.${type}: ${args[0]?.value}`));
  page.on("Log.entryAdded", ({ entry }) => seen.complaints.push(entry.text));
  page.on("Page.javascriptDialogOpening", ({ message }) => {
    seen.complaints.push(`dialog: ${message}`);
    page.send("Page.handleJavaScriptDialog", { accept: false });
  });
  await Promise.all(["Network", "Runtime", "Log", "Page"].map((domain) => page.send(`${domain}.enable`)));
  return seen;
}

async function run(path) {
  const url = pathToFileURL(resolve(path)).href;
  const browser = await startChromium();
  const { page } = browser;
  let failed = 0;
  try {
    const seen = await watch(page);
    for (const [name, check] of checks) {
      await page.send("Emulation.setDeviceMetricsOverride", {
        width: 1280,
        height: 900,
        deviceScaleFactor: 1,
        mobile: false,
      });
      await page.send("Emulation.setEmulatedMedia", {
        media: "",
        features: [{ name: "prefers-color-scheme", value: "light" }],
      });
      await page.open(url);
      try {
        const data = await page.evaluate(() => JSON.parse(document.getElementById("data").textContent));
        const note = await check(page, data, seen);
        assert.deepEqual(seen.complaints, [], "the page complained");
        assert.deepEqual(
          [...new Set(seen.requests.map((request) => request.url))],
          [url],
          "the page asked for more than itself",
        );
        assert.equal(await page.evaluate("typeof window.hacked"), "undefined", "a script of the corpus ran");
        assert.deepEqual(await browser.pages(), [url], "another page was opened");
        console.log(`ok      ${name}${note ? ` (${note})` : ""}`);
      } catch (error) {
        failed += 1;
        console.log(`FAILED  ${name}\n${String(error.stack ?? error).replace(/^/gm, "        ")}`);
      }
      Object.assign(seen, { requests: [], complaints: [] });
    }
  } finally {
    await browser.close();
  }
  console.log(`${path}: ${checks.length - failed} of ${checks.length} hold`);
  return failed === 0 ? 0 : 1;
}

if (process.argv.length !== 3) {
  console.error("usage: node report.mjs REPORT.html");
  process.exitCode = 2;
} else {
  process.exitCode = await run(process.argv[2]);
}
