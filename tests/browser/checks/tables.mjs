// Figures, and finding one's way through them.

import assert from "node:assert/strict";

import {
  PAGE_OF,
  NOTHING,
  grouped,
  nameOf,
  rowsOf,
  statusOf,
  namesIn,
  assertShows,
  eventually,
  search,
  choose,
} from "./reading.mjs";

async function opensWithItsFigures(page, data) {
  assert.equal(await page.evaluate("document.title"), "dechrome report");
  assert.equal(await page.evaluate("document.querySelector('main').hidden"), false);
  const totals = await page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll("#totals > div")].map((tile) => [
        tile.children[0].textContent,
        tile.children[1].textContent,
      ]),
    ),
  );
  assert.equal(totals.Documents, grouped(data.totals.documents));
  assert.equal(totals.Changed, grouped(data.totals.changed));
  assert.equal(totals.Removals, grouped(data.totals.removals));
  assert.equal(totals.Failed, grouped(data.totals.failed));
  for (const [table, rows] of [
    ["kinds", data.kinds],
    ["rules", data.rules],
    ["sites", data.sites],
    ["documents", data.documents],
  ]) {
    assert.equal(await rowsOf(page, table), Math.min(rows.length, PAGE_OF[table]), table);
  }
  const steps = await page.evaluate(
    "[...document.querySelectorAll('#shares tbody tr')].map((row) => row.children[2].textContent)",
  );
  assert.deepEqual(steps, data.documents_by_share.map(grouped));
}

async function columnsSort(page, data) {
  const columns = {
    rules: [
      ["id", "documents", "removals", "removed_bytes"],
      [0, 2, 3, 4],
    ],
    sites: [
      ["host", "documents", "bytes", "removed_bytes"],
      [0, 1, 2, 3],
    ],
    documents: [
      ["bytes", "removed_bytes"],
      [1, 2],
    ],
    kinds: [
      ["name", "removals", "removed_bytes"],
      [0, 1, 2],
    ],
  };
  const order = new Intl.Collator("en", { numeric: true }).compare;
  for (const [table, [keys, heads]] of Object.entries(columns)) {
    if (data[table].length === 0) continue;
    for (const [index, key] of keys.entries()) {
      for (const times of ["once", "twice"]) {
        const head = `#${table} thead th:nth-child(${heads[index] + 1})`;
        await page.click(`${head} button`);
        const direction = await page.evaluate((wanted) => document.querySelector(wanted).ariaSort, head);
        const sign = { ascending: 1, descending: -1 }[direction];
        const compare = typeof data[table][0][key] === "number" ? (a, b) => a - b : order;
        const wanted = [...data[table]].sort((a, b) => sign * compare(a[key], b[key]));
        const names = await namesIn(page, table);
        const shown = names.map((name) => data[table].filter((row) => nameOf(row) === name));
        shown.forEach((rows, place) => {
          assert(
            rows.some((row) => row[key] === wanted[place][key]),
            `${table} by ${key} ${direction}, clicked ${times}: row ${place}`,
          );
        });
        const others = await page.evaluate(
          (id) => [...document.querySelectorAll(`#${id} thead th`)].filter((th) => th.ariaSort !== "none").length,
          table,
        );
        assert.equal(others, 1, "one column says that it sorts");
      }
    }
  }
}

async function searchFinds(page, data) {
  if (data.rules.length === 0) return NOTHING;
  const rule = data.rules[Math.floor(data.rules.length / 2)];
  const hay = ({ id, kind, place, samples }) =>
    [id, kind ?? "", place, ...samples.map((sample) => `${sample.removed}\n${sample.removed_end}`)]
      .join("\n")
      .toLowerCase();
  const line = rule.samples[0].removed
    .split(/[^\p{L}\p{N} ]/u)
    .sort((a, b) => b.length - a.length)[0]
    .trim();
  for (const words of [rule.id.slice(2).trim(), line.toUpperCase(), line.slice(0, 3)].filter(
    (words) => !/[\p{Cc}\u2028\u2029]/u.test(words),
  )) {
    await search(page, "rules", words);
    const found = data.rules.filter((it) => hay(it).includes(words.toLowerCase()));
    assert(found.includes(rule));
    await assertShows(page, "rules", found, `search for ${words}`);
  }
  await search(page, "rules", "no rule has these words");
  assert.equal(await rowsOf(page, "rules"), 0);
  assert.equal(await page.evaluate("document.querySelector('#rules .empty').checkVisibility()"), true);
  await page.click("#rules .clear");
  assert.equal(await rowsOf(page, "rules"), Math.min(50, data.rules.length));
  assert.equal(await page.evaluate("document.activeElement.type"), "search", "the focus is not lost with the button");

  if (data.sites.length === 0) return undefined;
  const host = data.sites
    .at(-1)
    .host.slice(1, 12)
    .replace(/[\p{Cc}\u2028\u2029]/gu, "");
  await search(page, "sites", host);
  await assertShows(
    page,
    "sites",
    data.sites.filter((site) => site.host.toLowerCase().includes(host.toLowerCase().trim())),
    `search for ${host}`,
  );
  return undefined;
}

async function filtersCombine(page, data) {
  if (data.rules.length === 0) return NOTHING;
  const [kindList, packList] = [
    "#rules .filters label:nth-of-type(2) select",
    "#rules .filters label:nth-of-type(3) select",
  ];
  const namesOf = (key) =>
    [...new Set(data.rules.map((rule) => rule[key]))].sort(new Intl.Collator("en", { numeric: true }).compare);
  const [kinds, packs] = [namesOf("kind"), namesOf("pack")];
  await choose(page, kindList, 1);
  const ofKind = data.rules.filter((rule) => rule.kind === kinds[0]);
  await assertShows(page, "rules", ofKind, "one kind");
  await choose(page, packList, 1);
  await assertShows(
    page,
    "rules",
    ofKind.filter((rule) => rule.pack === packs[0]),
    "one kind and pack",
  );
  await page.click("#rules .clear");
  assert.equal(
    await page.evaluate("[...document.querySelectorAll('#rules select')].map((list) => list.value).join()"),
    ",",
  );

  const last = data.kinds.at(-1).name;
  await page.click("#kinds tr.row:last-child button");
  await assertShows(
    page,
    "rules",
    data.rules.filter((rule) => rule.kind === last),
    "the kind that was clicked",
  );
  assert.equal(await page.evaluate("document.activeElement.id"), "rules", "the focus follows");
  return undefined;
}

async function rulesOpen(page, data) {
  if (data.rules.length === 0) return NOTHING;
  assert.equal(
    await page.evaluate("document.querySelectorAll('#rules .samples').length"),
    0,
    "samples are made when they are asked for",
  );
  const rules = data.rules.slice(0, 20);
  for (const [index, rule] of rules.entries()) {
    await page.evaluate((at) => document.querySelectorAll("#rules .opener")[at].focus(), index);
    await page.press(index % 2 === 0 ? "Enter" : " ");
    const opened = await page.evaluate((at) => {
      const opener = document.querySelectorAll("#rules .opener")[at];
      const detail = document.getElementById(opener.getAttribute("aria-controls"));
      const excerpts = [...detail.querySelectorAll(".excerpt")].map((excerpt) => {
        const copy = excerpt.cloneNode(true);
        copy.querySelectorAll(".spoken, .cut, .omitted").forEach((mark) => mark.remove());
        copy
          .querySelectorAll(".hidden-character")
          .forEach((mark) => mark.replaceWith(String.fromCodePoint(parseInt(mark.title.slice(2), 16))));
        return { text: copy.textContent, removed: copy.querySelector("mark").textContent };
      });
      return { expanded: opener.ariaExpanded, visible: detail.checkVisibility(), excerpts };
    }, index);
    const excerpts = rule.samples.map(({ before, removed, removed_end, after }) => ({
      text: before + removed + removed_end + after,
      removed: removed + removed_end,
    }));
    assert.deepEqual(opened, { expanded: "true", visible: true, excerpts }, rule.id);
  }
  await page.click("#rules .opener");
  assert.equal(await page.evaluate("document.querySelector('#rules .opener').ariaExpanded"), "false");
  assert.equal(await page.evaluate("document.querySelector('#rules tr.detail').checkVisibility()"), false);
  await page.click("#rules thead button");
  const open = await page.evaluate("document.querySelectorAll('#rules [aria-expanded=true]').length");
  if (data.rules.length <= 50) assert.equal(open, rules.length - 1, "what is open stays open when rows are sorted");
  return undefined;
}

async function pagesTurn(page, data) {
  const long = ["rules", "sites", "documents"].filter((table) => data[table].length > PAGE_OF[table]);
  for (const table of long) {
    const [size, all] = [PAGE_OF[table], data[table].length];
    assert.match(await statusOf(page, table), new RegExp(`^1–${size} of ${grouped(all)}\\s`));
    const first = await namesIn(page, table);
    await page.click(`#${table} .turn button:first-child`);
    assert.deepEqual(await namesIn(page, table), first, "nothing stands before the first page");
    await page.click(`#${table} .turn button:last-child`);
    const wanted = data[table].slice(size, 2 * size);
    assert.deepEqual(await namesIn(page, table), wanted.map(nameOf));
    await page.click(`#${table} .turn button:first-child`);
    assert.deepEqual(await namesIn(page, table), first);
    const pages = Math.ceil(all / size);
    if (pages > 12) continue;
    for (let turn = 1; turn <= pages; turn += 1) await page.click(`#${table} .turn button:last-child`);
    const last = data[table].slice((pages - 1) * size);
    assert.deepEqual(await namesIn(page, table), last.map(nameOf), "nothing stands behind the last page");
  }
  return long.length > 0 ? long.join(", ") : NOTHING;
}

async function unusedRulesAreFolded(page, data) {
  if (data.unused_rules.length === 0) return NOTHING;
  assert.equal(await rowsOf(page, "unused"), 0);
  await page.click("#unused summary");
  const tables = () => page.evaluate("document.querySelectorAll('#unused table').length");
  await eventually(tables, 1, "the table is made when it is asked for");
  const order = new Intl.Collator("en", { numeric: true }).compare;
  await assertShows(
    page,
    "unused",
    data.unused_rules.toSorted((a, b) => order(a.id, b.id)),
    "unused rules",
  );
  const open = () => page.evaluate("document.querySelector('#unused details').open");
  await page.click("#unused summary");
  await eventually(open, false, "it folds again");
  await page.click("#unused summary");
  await eventually(open, true, "it opens again");
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
  assert.equal(await tables(), 1, "the table is made once");
  return undefined;
}

export const checks = [
  ["it opens with its figures", opensWithItsFigures],
  ["columns sort both ways", columnsSort],
  ["search finds ids, files and removed text", searchFinds],
  ["filters combine, and a kind leads to its rules", filtersCombine],
  ["rules open by key and mouse, with what they took", rulesOpen],
  ["pages turn", pagesTurn],
  ["unused rules are folded", unusedRulesAreFolded],
];
