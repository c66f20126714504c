// Seeing, hearing, waiting: colours, keyboard, plots, small screens, speed.

import assert from "node:assert/strict";

import { choose, eventually, openEverything } from "./reading.mjs";

// In milliseconds, for what should feel immediate: wide, for machines that do other things as well.
const IMMEDIATE = 1_500;

async function coloursChange(page) {
  const ground = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
  const theme = () => page.evaluate("document.documentElement.dataset.theme");
  const light = await ground();
  assert.equal(await theme(), "light");
  await choose(page, "#theme", 2);
  await eventually(theme, "dark", "dark by choice");
  const dark = await ground();
  assert.notEqual(dark, light, "dark is another colour");
  await page.reload();
  assert.equal(await ground(), dark, "the choice stays");
  await page.evaluate(() => {
    const list = document.getElementById("theme");
    list.value = "auto";
    list.dispatchEvent(new Event("change"));
  });
  assert.equal(await ground(), light, "as the system, which is light");
  await page.send("Emulation.setEmulatedMedia", {
    media: "",
    features: [{ name: "prefers-color-scheme", value: "dark" }],
  });
  await eventually(ground, dark, "as the system, which is dark now");
  await page.send("Emulation.setEmulatedMedia", {
    media: "print",
    features: [{ name: "prefers-color-scheme", value: "dark" }],
  });
  await eventually(ground, light, "paper is light");
  assert.equal(
    await page.evaluate("document.querySelector('nav').checkVisibility()"),
    false,
    "nothing to click on paper",
  );
}

async function textCanBeRead(page) {
  for (const scheme of ["light", "dark"]) {
    await page.send("Emulation.setEmulatedMedia", {
      media: "",
      features: [{ name: "prefers-color-scheme", value: scheme }],
    });
    await openEverything(page);
    const faint = await page.evaluate(() => {
      const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
      const light = (colour) =>
        channels(colour)
          .slice(0, 3)
          .map((c) => c / 255)
          .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
          .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
      const ground = (element) => {
        const colour = getComputedStyle(element).backgroundColor;
        return (channels(colour)[3] ?? 1) > 0 ? colour : ground(element.parentElement);
      };
      const texts = [...document.querySelectorAll("body *")].filter(
        (element) =>
          element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()),
      );
      return texts
        .filter((element) => !element.matches("[aria-disabled=true], option"))
        .map((element) => {
          const [a, b] = [light(getComputedStyle(element).color), light(ground(element))].sort((x, y) => y - x);
          return [(a + 0.05) / (b + 0.05), element.tagName, element.className];
        })
        .filter(([contrast]) => contrast < 4.5);
    });
    assert.deepEqual(faint, [], `${scheme}: a contrast of 4.5 at least`);
  }
}

async function worksByKeyboardAlone(page, data) {
  const order = [];
  for (let presses = 0; presses < 60; presses += 1) {
    await page.press("Tab");
    const at = await page.evaluate(() => {
      const { activeElement: it } = document;
      const style = getComputedStyle(it);
      const name = it.labels?.[0]?.textContent || it.textContent || it.ariaLabel;
      return {
        what: it.className || it.id || it.getAttribute("href") || it.tagName,
        named: Boolean(name?.trim()),
        outlined: style.outlineStyle !== "none" && style.outlineWidth !== "0px",
      };
    });
    if (at.what === "BODY") break;
    assert(at.outlined, `the focus on ${at.what} can be seen`);
    assert(at.named, `${at.what} has a name`);
    order.push(at.what);
    if (at.what === "opener") break;
  }
  assert.deepEqual(order.slice(0, 3), ["skip", "theme", "#kinds"]);
  if (data.rules.length === 0) return undefined;
  assert.equal(order.at(-1), "opener");
  await page.press("Enter");
  assert.equal(await page.evaluate("document.activeElement.ariaExpanded"), "true");
  return undefined;
}

async function plotsHaveTexts(page) {
  const mute = await page.evaluate(
    () =>
      [...document.querySelectorAll("svg")].filter(
        (plot) =>
          plot.getAttribute("aria-hidden") !== "true" && !(plot.getAttribute("role") === "img" && plot.ariaLabel),
      ).length,
  );
  assert.equal(mute, 0);
  const wide = await page.evaluate(
    () =>
      [...document.querySelectorAll("rect")].filter((part) => part.x.baseVal.value + part.width.baseVal.value > 100.01)
        .length,
  );
  assert.equal(wide, 0, "no part of a bar stands beyond its end");
  const bar = await page.evaluate(
    "[...document.querySelectorAll('#kinds .whole rect')].map((part) => part.width.baseVal.value)",
  );
  if (bar.length > 0) assert(Math.abs(bar.reduce((sum, width) => sum + width) - 100) < 0.1, "the kinds fill the bar");
}

async function fitsSmallScreens(page) {
  for (const width of [400, 700, 1000]) {
    await page.send("Emulation.setDeviceMetricsOverride", {
      width,
      height: 800,
      deviceScaleFactor: 1,
      mobile: width < 500,
    });
    await openEverything(page);
    assert(
      (await page.evaluate("document.documentElement.scrollWidth")) <= width,
      `nothing is wider than ${width} pixels`,
    );
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll(".frame")]
        .filter((frame) => frame.scrollWidth > frame.clientWidth)
        .map((frame) => frame.closest("section").id),
    );
    assert.deepEqual(cut, [], `no table is cut off at ${width} pixels`);
  }
}

async function staysQuick(page, data) {
  const opened = await page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd");
  const times = [["open", Math.round(opened)]];
  const measure = async (name, act) => times.push([name, await page.evaluate(act)]);
  if (data.rules.length > 0) {
    await measure("first search", () => {
      const from = performance.now();
      const box = document.querySelector("#rules input");
      box.value = "e";
      box.dispatchEvent(new Event("input"));
      document.body.offsetHeight;
      return Math.round(performance.now() - from);
    });
    await measure("search", () => {
      const from = performance.now();
      const box = document.querySelector("#rules input");
      box.value = "";
      box.dispatchEvent(new Event("input"));
      document.body.offsetHeight;
      return Math.round(performance.now() - from);
    });
    await measure("sort rules", () => {
      const from = performance.now();
      document.querySelector("#rules thead button").click();
      document.body.offsetHeight;
      return Math.round(performance.now() - from);
    });
  }
  if (data.sites.length > 0) {
    await measure("sort sites", () => {
      const from = performance.now();
      document.querySelector("#sites thead button").click();
      document.body.offsetHeight;
      return Math.round(performance.now() - from);
    });
  }
  for (const [name, time] of times.slice(1)) assert(time < IMMEDIATE, `${name} took ${time} ms`);
  assert(opened < 10 * IMMEDIATE, `opening took ${opened} ms`);
  const elements = await page.evaluate("document.querySelectorAll('*').length");
  assert(elements < 20_000, `${elements} elements are too many to begin with`);
  return times.map(([name, time]) => `${name} ${time} ms`).join(", ");
}

export const checks = [
  ["colours follow the choice, the system and paper", coloursChange],
  ["text can be read in light and dark", textCanBeRead],
  ["it works by keyboard alone", worksByKeyboardAlone],
  ["plots have texts, and bars end where they should", plotsHaveTexts],
  ["it fits small screens", fitsSmallScreens],
  ["it stays quick", staysQuick],
];
