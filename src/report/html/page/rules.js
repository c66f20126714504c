// Rules, with what they took; and rules that took nothing.

// Draws the table; gives a function that shows the rules of one kind.
function drawRules(data) {
  const section = byId("rules");
  if (data.rules.length === 0) {
    section.append(el("p", { class: "empty" }, "No rule took anything."));
    return () => {};
  }
  section.append(el("p", { class: "hint" }, "Open a rule to see some of what it took, in its context."));
  const columns = ruleColumns(data.totals);
  const table = sortableTable({
    name: "rules",
    rows: data.rules,
    columns,
    pageSize: 50,
    sort: 4,
    noun: ["rule", "rules"],
    detail: (rule) => ruleDetail(rule, data.totals),
    empty: "No rule is like that.",
  });
  const filter = { words: "", kind: null, pack: null };
  const hay = haystacks(data.rules);
  const apply = () => {
    const fits = (rule, index) =>
      (filter.kind === null || rule.kind === filter.kind) &&
      (filter.pack === null || rule.pack === filter.pack) &&
      (filter.words === "" || hay(index).includes(filter.words));
    clear.hidden = filter.words === "" && filter.kind === null && filter.pack === null;
    table.show(data.rules.filter(fits));
  };
  const set = (name) => (value) => {
    filter[name] = value;
    apply();
  };
  const search = searchBox("Search ids, files, removed text", set("words"));
  const kinds = choice("Kind", "all kinds", namesOf(data.rules, "kind"), set("kind"));
  const packs = choice("Pack", "all packs", namesOf(data.rules, "pack"), set("pack"));
  const reset = () => {
    search.box.value = "";
    filter.words = "";
    kinds.select(null);
    packs.select(null);
    Object.assign(filter, { kind: null, pack: null });
    apply();
    search.box.focus();
  };
  const clear = el("button", { type: "button", class: "clear", hidden: "", click: reset }, "Clear");
  section.append(
    el("div", { class: "filters", role: "search" }, search.view, kinds.view, packs.view, clear),
    table.view,
  );
  return (kind) => {
    kinds.select(kind);
    set("kind")(kind);
    section.scrollIntoView();
    section.focus({ preventScroll: true });
  };
}

function ruleColumns(totals) {
  return [
    { label: "Rule", value: (rule) => rule.id, cell: (rule) => shown(rule.id) },
    { label: "Kind", wide: true, value: (rule) => rule.kind ?? "", cell: (rule) => shown(rule.kind ?? "\u2013") },
    {
      label: "Documents",
      number: true,
      wide: true,
      value: (rule) => rule.documents,
      cell: (rule) => count(rule.documents),
    },
    {
      label: "Removals",
      number: true,
      wide: true,
      value: (rule) => rule.removals,
      cell: (rule) => count(rule.removals),
    },
    { label: "Removed", number: true, value: (rule) => rule.removed_bytes, cell: (rule) => sized(rule.removed_bytes) },
    {
      label: "Share",
      hint: "of all bytes that were removed",
      number: true,
      value: (rule) => rule.removed_bytes,
      cell: (rule) => percent(ratio(rule.removed_bytes, totals.removed_bytes)),
    },
    {
      label: "Average",
      hint: "bytes of one removal",
      number: true,
      wide: true,
      value: (rule) => ratio(rule.removed_bytes, rule.removals),
      cell: (rule) => size(Math.round(ratio(rule.removed_bytes, rule.removals))),
    },
  ];
}

// What a search looks through, in lower case; made when it is first asked for.
function haystacks(rules) {
  const made = [];
  return (index) => {
    const { id, kind, place, samples } = rules[index];
    const removed = () => samples.map((sample) => `${sample.removed}\n${sample.removed_end}`);
    made[index] ??= [id, kind ?? "", place, ...removed()].join("\n").toLowerCase();
    return made[index];
  };
}

function namesOf(rules, key) {
  return [...new Set(rules.map((rule) => rule[key]))].filter((name) => name !== null).sort(collator.compare);
}

// A list to choose one name of, or all. Options are known by their place: names are text from elsewhere.
function choice(label, all, names, chosen) {
  const options = names.map((name, index) => el("option", { value: index }, plain(name)));
  const changed = (event) => chosen(event.target.value === "" ? null : names[Number(event.target.value)]);
  const list = el("select", { change: changed }, el("option", { value: "" }, all), options);
  const select = (name) => {
    list.value = name === null ? "" : String(names.indexOf(name));
  };
  return { view: el("label", null, el("span", null, label), list), select };
}

function ruleDetail(rule, totals) {
  const removals = `in ${counted(rule.removals, "removal", "removals")}`;
  const documents = counted(rule.documents, "document", "documents");
  const facts = [
    ["Stands in", shown(rule.place)],
    ["Kind", shown(rule.kind ?? "\u2013")],
    ["Pack", shown(rule.pack)],
    [
      "Took",
      `${size(rule.removed_bytes)} (${percent(ratio(rule.removed_bytes, totals.removed_bytes))} of all that was removed) ${removals} from ${documents}`,
    ],
  ];
  const list = el(
    "dl",
    { class: "facts" },
    facts.map(([name, fact]) => el("div", null, el("dt", null, name), el("dd", null, fact))),
  );
  const off = el("p", { class: "hint" }, "To switch it off: ", el("code", null, "--disable ", shown(rule.id)));
  const some =
    rule.samples.length < rule.removals
      ? `${rule.samples.length} of ${count(rule.removals)} removals, picked at random`
      : "All that it took";
  const samples = el("ol", { class: "samples" }, rule.samples.map(sampleItem));
  return el("div", { class: "inside" }, list, off, el("h3", null, some), samples);
}

function sampleItem(sample) {
  const place = el(
    "p",
    { class: "place" },
    whereabouts(sample),
    ` \u00b7 ${counted(sample.bytes, "byte", "bytes")} at byte ${count(sample.start)}`,
  );
  const cut = () => el("span", { class: "cut" }, "\u2026");
  const omitted = sample.omitted_bytes > 0 && [
    el("span", { class: "omitted" }, ` \u2026 ${size(sample.omitted_bytes)} not shown \u2026 `),
    removedText(sample.removed_end),
  ];
  const text = el(
    "div",
    { class: "excerpt", dir: "auto" },
    sample.before_cut ? cut() : null,
    spelled(sample.before, true),
    el(
      "mark",
      null,
      el("span", { class: "spoken" }, "[removed: "),
      removedText(sample.removed),
      omitted || null,
      el("span", { class: "spoken" }, "]"),
    ),
    spelled(sample.after, true),
    sample.after_cut ? cut() : null,
  );
  return el("li", null, place, text);
}

// Removed text, in which line ends can be seen: they went as well.
function removedText(text) {
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    const end = index < lines.length - 1 ? [el("span", { class: "line-end", "aria-hidden": "true" }), "\n"] : [];
    return [...spelled(line, true), ...end];
  });
}

function drawUnused(data) {
  const section = byId("unused");
  if (data.unused_rules.length === 0) {
    section.append(el("p", { class: "empty" }, "Every rule took something."));
    return;
  }
  const columns = [
    { label: "Rule", value: (rule) => rule.id, cell: (rule) => shown(rule.id) },
    { label: "Kind", value: (rule) => rule.kind ?? "", cell: (rule) => shown(rule.kind ?? "\u2013") },
    { label: "Stands in", wide: true, value: (rule) => rule.place, cell: (rule) => shown(rule.place) },
  ];
  const summary = el("summary", null, counted(data.unused_rules.length, "rule", "rules"));
  const details = el("details", null, summary);
  const fill = () => {
    const table = sortableTable({
      name: "unused",
      rows: data.unused_rules,
      columns,
      pageSize: 50,
      sort: 0,
      noun: ["rule", "rules"],
      empty: "No rule is like that.",
    });
    const search = searchBox("Search ids and files", (words) =>
      table.show(
        data.unused_rules.filter((rule) =>
          `${rule.id}\n${rule.kind ?? ""}\n${rule.place}`.toLowerCase().includes(words),
        ),
      ),
    );
    details.append(el("div", { class: "filters" }, search.view), table.view);
  };
  details.addEventListener("toggle", fill, { once: true });
  section.append(details);
}
