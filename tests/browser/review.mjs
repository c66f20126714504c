// Reviews a candidate pack in a real browser, by keys, and saves it:
//
//     node tests/browser/review.mjs review.html FOLDER
//
// The first rule is rejected, the second one weakened, the third one edited; the rest is accepted. The saved file lies in
// FOLDER then; what it does is for the caller to see.

import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { pause, startChromium } from "./chromium.mjs";

const [path, folder] = process.argv.slice(2);
const browser = await startChromium();
const { page } = browser;
try {
  const complaints = [];
  page.on("Runtime.exceptionThrown", ({ exceptionDetails: it }) => complaints.push(it.exception?.description ?? it.text));
  page.on("Log.entryAdded", ({ entry }) => complaints.push(entry.text));
  const requests = [];
  page.on("Network.requestWillBeSent", ({ request }) => requests.push(request.url));
  await Promise.all(["Network", "Runtime", "Log", "Page"].map((domain) => page.send(`${domain}.enable`)));
  await page.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: resolve(folder) });
  const address = pathToFileURL(resolve(path)).href;
  await page.open(address);
  const key = (name) => page.evaluate((name) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true })), name);
  const text = (id) => page.evaluate((id) => document.getElementById(id)?.textContent, id);
  const chosen = () => page.evaluate(() => [...document.querySelectorAll("#rules button")].findIndex((it) => it.ariaCurrent === "true"));
  const rules = await page.evaluate(() => document.querySelectorAll("#rules button").length);
  assert.ok(rules >= 3, "the pack has rules to decide on");

  // Counts are what the engine counts: every rule of a mined pack stands on as many pages as its evidence says.
  const evidence = await text("evidence");
  assert.match(evidence, /on \d+ of \d+/u);
  const gone = await text("gone");

  await key("r");
  assert.equal(await chosen(), 1, "a decision goes on to the next rule");
  assert.notEqual(await text("gone"), gone, "what is rejected stays on the page at once");
  await key("k");
  assert.equal(await page.evaluate(() => document.getElementById("reject").ariaPressed), "true");
  await key("j");
  await key("w");

  // An edit counts with every key, and a pattern that is wrong changes nothing.
  const before = await text("count");
  await key("e");
  assert.equal(await page.evaluate(() => document.activeElement.id), "patterns");
  const type = (value) =>
    page.evaluate((value) => {
      const editor = document.getElementById("patterns");
      editor.value = value;
      editor.dispatchEvent(new Event("input", { bubbles: true }));
    }, value);
  await type("is: {nmber}");
  assert.equal(await page.evaluate(() => document.getElementById("wrong").hidden), false);
  assert.equal(await text("count"), before);
  await type("is: Entirely new");
  assert.notEqual(await text("count"), before);
  await key("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.id), "", "the edit is left");
  while ((await text("progress")) !== `${rules} of ${rules}\u00a0rules decided`) await key("a");

  await key("b");
  assert.equal(await page.evaluate(() => document.querySelectorAll("#lines mark").length), 0, "after shows what is left");
  await key("n");
  await key("s");
  for (let tries = 0; tries < 100 && !readdirSync(folder).some((name) => name.endsWith(".toml")); tries += 1) await pause(100);
  assert.ok(existsSync(folder) && readdirSync(folder).length === 1, "one file was saved");
  assert.deepEqual(complaints, []);
  assert.deepEqual(requests.filter((url) => url !== address && !url.startsWith("blob:")), [], "nothing is fetched");
  console.log(`${path}: ${rules} rules reviewed, saved ${readdirSync(folder)[0]}`);
} finally {
  await browser.close();
}
