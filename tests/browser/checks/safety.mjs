// Text of a corpus stays text.

import assert from "node:assert/strict";

import { openEverything } from "./reading.mjs";

async function holdsNothingForeign(page) {
  await openEverything(page);
  const found = await page.evaluate(() => {
    const all = [...document.querySelectorAll("*")];
    const shownText = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest("script, style") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    const unsafe = /[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;
    const hidden = [];
    while (shownText.nextNode()) if (unsafe.test(shownText.currentNode.data)) hidden.push(shownText.currentNode.data);
    const attributes = all.flatMap((element) =>
      [...element.attributes].map((attribute) => [element.tagName, attribute.name, attribute.value]),
    );
    const links = [...document.querySelectorAll("main a[href]")].filter(
      (link) => !link.getAttribute("href").startsWith("#"),
    );
    return {
      foreign: all
        .filter((element) =>
          element.matches("img, iframe, object, embed, form, base, link, video, audio, image, use, foreignObject"),
        )
        .map((element) => element.outerHTML),
      scripts: document.querySelectorAll("script").length,
      styles: document.querySelectorAll("style").length,
      listeners: attributes.filter(([, name]) => /^on|^style$|^src/.test(name)),
      named: attributes.filter(([, name, value]) => ["title", "aria-label"].includes(name) && unsafe.test(value)),
      hidden,
      badLinks: links
        .filter((link) => !/^https?:/.test(link.href) || link.rel !== "noopener noreferrer")
        .map((link) => link.outerHTML),
      twice: all.map((element) => element.id).filter((id, index, ids) => id && ids.indexOf(id) !== index),
    };
  });
  assert.deepEqual(found, {
    foreign: [],
    scripts: 2,
    styles: 1,
    listeners: [],
    named: [],
    hidden: [],
    badLinks: [],
    twice: [],
  });
}

async function letsNothingElseRun(page, data, seen) {
  const violated = await page.evaluate(async () => {
    const violations = [];
    document.addEventListener("securitypolicyviolation", (event) => violations.push(event.effectiveDirective));
    const script = document.createElement("script");
    script.textContent = "window.hacked = 9";
    const image = document.createElement("img");
    image.setAttribute("onerror", "window.hacked = 10");
    image.src = "https://attack.example/pixel";
    const style = document.createElement("style");
    style.textContent = "main { display: none }";
    document.body.append(script, image, style);
    await fetch("https://attack.example/").catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 200));
    return violations.sort();
  });
  assert.deepEqual(violated, ["connect-src", "img-src", "script-src-attr", "script-src-elem", "style-src-elem"]);
  seen.complaints.length = 0;
}

export const checks = [
  ["it holds nothing but its own elements, and no hidden character", holdsNothingForeign],
  ["its policy lets nothing else run", letsNothingElseRun],
];
