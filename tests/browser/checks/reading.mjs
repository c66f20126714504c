// How checks look at the page and act on it.

import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";

import { pause } from "../chromium.mjs";

export const PAGE_OF = { kinds: 100, rules: 50, sites: 25, documents: 20, unused: 50 };

export const NOTHING = "nothing to check in this report";

export const grouped = (number) => number.toLocaleString("en");

export const nameOf = (row) => row.id ?? row.host ?? row.name ?? `${row.input} #${grouped(row.number)}`;

export const rowsOf = (page, table) => page.evaluate((id) => document.querySelectorAll(`#${id} tr.row`).length, table);

export const statusOf = (page, table) =>
  page.evaluate((id) => document.querySelector(`#${id} [role=status]`).textContent, table);

export function namesIn(page, table) {
  return page.evaluate((id) => {
    const cells = document.querySelectorAll(`#${id} tr.row > :first-child`);
    return [...cells].map((cell) => {
      const name = cell.querySelector("bdi").cloneNode(true);
      name
        .querySelectorAll(".hidden-character")
        .forEach((mark) => mark.replaceWith(String.fromCodePoint(parseInt(mark.title.slice(2), 16))));
      return name.textContent + (cell.querySelector(".number")?.textContent ?? "");
    });
  }, table);
}

export async function assertShows(page, table, rows, what) {
  assert.deepEqual(await namesIn(page, table), rows.slice(0, PAGE_OF[table]).map(nameOf), what);
}

export async function search(page, table, words) {
  await page.click(`#${table} input[type=search]`);
  await page.evaluate("document.activeElement.select()");
  if (words === "")
    await page.evaluate(() => {
      document.activeElement.value = "";
      document.activeElement.dispatchEvent(new Event("input", { bubbles: true }));
    });
  else await page.type(words);
}

export async function choose(page, selector, steps) {
  await page.evaluate((wanted) => document.querySelector(wanted).focus(), selector);
  for (let step = 0; step < steps; step += 1) await page.press("ArrowDown");
}

// What the browser does in its own time: it must come, but not at once.
export async function eventually(read, wanted, what) {
  const until = Date.now() + 5_000;
  while (!isDeepStrictEqual(await read(), wanted) && Date.now() < until) await pause(50);
  assert.deepEqual(await read(), wanted, what);
}

export async function openEverything(page) {
  await page.evaluate(async () => {
    document.querySelectorAll(".opener[aria-expanded=false]").forEach((opener) => opener.click());
    for (const details of document.querySelectorAll("details:not([open])")) {
      const toggled = new Promise((resolve) => details.addEventListener("toggle", resolve, { once: true }));
      details.open = true;
      await toggled;
    }
  });
}
