// The totals, what went by kind, and how much of each document went.

// So many kinds have a colour of their own; there are no more that one can tell apart.
const TONES = 6;

function tone(kind) {
  return kind < TONES ? `tone-${kind + 1}` : "tone-other";
}

function drawTotals(data) {
  const { totals } = data;
  const figures = [
    ["Documents", count(totals.documents), null],
    ["Changed", count(totals.changed), percent(ratio(totals.changed, totals.documents))],
    ["Text", size(totals.bytes), null],
    ["Removed", size(totals.removed_bytes), percent(ratio(totals.removed_bytes, totals.bytes))],
    ["Removals", count(totals.removals), `by ${counted(data.rules.length, "rule", "rules")}`],
    ["Failed", count(totals.failed), totals.failed > 0 ? "could not be read" : null, totals.failed > 0],
    ["Suspect", count(totals.suspect), totals.suspect > 0 ? "should be looked at" : null, totals.suspect > 0],
  ];
  const tiles = figures.map(([name, figure, note, warns]) => {
    const below = note && el("dd", { class: "note" }, note);
    return el("div", { class: warns ? "warns" : null }, el("dt", null, name), el("dd", null, figure), below);
  });
  byId("totals").append(...tiles);
}

function drawKinds(data, openRules) {
  const removed = data.totals.removed_bytes;
  if (data.kinds.length === 0) {
    byId("kinds").append(el("p", { class: "empty" }, "Nothing was removed."));
    return;
  }
  const parts = data.kinds.map((kind, index) => {
    const share = ratio(kind.removed_bytes, removed);
    return { share, tone: tone(index), label: `${plain(kind.name)}: ${percent(share)}` };
  });
  const name = `What was removed, by kind: ${parts.map((part) => part.label).join(", ")}`;
  const columns = [
    {
      label: "Kind",
      value: (kind) => kind.name,
      cell: (kind) => [swatch(data.kinds.indexOf(kind)), kindButton(kind, openRules)],
    },
    {
      label: "Removals",
      number: true,
      wide: true,
      value: (kind) => kind.removals,
      cell: (kind) => count(kind.removals),
    },
    { label: "Removed", number: true, value: (kind) => kind.removed_bytes, cell: (kind) => sized(kind.removed_bytes) },
    {
      label: "of removed",
      number: true,
      value: (kind) => kind.removed_bytes,
      cell: (kind) => percent(ratio(kind.removed_bytes, removed)),
    },
    {
      label: "of all text",
      number: true,
      value: (kind) => kind.removed_bytes,
      cell: (kind) => percent(ratio(kind.removed_bytes, data.totals.bytes)),
    },
  ];
  const table = sortableTable({
    name: "kinds",
    rows: data.kinds,
    columns,
    pageSize: 100,
    sort: 2,
    noun: ["kind", "kinds"],
  });
  byId("kinds").append(el("div", { class: "whole" }, bar(parts, name)), table.view);
}

function swatch(kind) {
  return el("span", { class: "swatch", "aria-hidden": "true" }, bar([{ share: 1, tone: tone(kind) }]));
}

function kindButton(kind, openRules) {
  const hint = `Show the rules of kind ${plain(kind.name)}`;
  return el(
    "button",
    { type: "button", class: "link", title: hint, click: () => openRules(kind.name) },
    shown(kind.name),
  );
}

function drawShares(data) {
  const steps = data.documents_by_share;
  const most = Math.max(...steps, 1);
  const all = data.totals.documents;
  const rows = steps.map((documents, step) =>
    el(
      "tr",
      null,
      el("th", { scope: "row" }, stepName(step)),
      el("td", { class: "plot" }, bar([{ share: documents / most, tone: "tone-plain" }])),
      el("td", { class: "figure" }, count(documents)),
      el("td", { class: "figure" }, percent(ratio(documents, all))),
    ),
  );
  const heads = ["Of a document", "", "Documents", "of all"].map((label, index) =>
    label ? el("th", { scope: "col", class: index > 1 ? "figure" : null }, label) : el("td"),
  );
  const table = el(
    "table",
    { "aria-labelledby": "shares-title" },
    el("thead", null, el("tr", null, heads)),
    el("tbody", null, rows),
  );
  byId("shares").append(el("div", { class: "frame steps" }, table));
}

function stepName(step) {
  if (step === 0) return "nothing";
  if (step === 1) return "up to 10\u00a0%";
  if (step === 11) return "everything";
  return `${(step - 1) * 10}\u2013${step * 10}\u00a0%`;
}
