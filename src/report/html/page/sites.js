// Sites, and the documents that lost most.

function drawSites(data) {
  const section = byId("sites");
  if (data.sites.length === 0) {
    const all = data.totals.documents > 0 ? "The site of no document is known." : "There were no documents.";
    section.append(el("p", { class: "empty" }, all));
    return;
  }
  const share = (site) => ratio(site.removed_bytes, site.bytes);
  const full = fullWidth(Math.max(...data.sites.map(share)));
  const columns = [
    { label: "Site", value: (site) => site.host, cell: (site) => shown(site.host) },
    {
      label: "Documents",
      number: true,
      wide: true,
      value: (site) => site.documents,
      cell: (site) => count(site.documents),
    },
    { label: "Text", number: true, wide: true, value: (site) => site.bytes, cell: (site) => sized(site.bytes) },
    { label: "Removed", number: true, value: (site) => site.removed_bytes, cell: (site) => sized(site.removed_bytes) },
    {
      label: "Share",
      hint: "of the site's text",
      number: true,
      wide: true,
      value: share,
      cell: (site) => percent(share(site)),
    },
    {
      label: `0 to ${Math.round(full * 100)}\u00a0% of the site`,
      hint: "what was removed, by kind",
      number: true,
      plot: true,
      value: share,
      cell: (site) => siteBar(data, site, full),
    },
  ];
  const table = sortableTable({
    name: "sites",
    rows: data.sites,
    columns,
    pageSize: 25,
    sort: 3,
    noun: ["site", "sites"],
    detail: (site) => siteDetail(data, site),
    empty: "No site is called that.",
  });
  const search = searchBox("Search hosts", (words) =>
    table.show(data.sites.filter((site) => site.host.toLowerCase().includes(words))),
  );
  section.append(el("div", { class: "filters" }, search.view, legend(data)), table.view, ...sums(data));
}

// The share that fills a bar: a round one that no site exceeds.
function fullWidth(share) {
  return [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8].find((step) => share <= step) ?? 1;
}

function siteBar(data, site, full) {
  const parts = partsByTone(data, site).map(({ name, tone, bytes }) => {
    const share = ratio(bytes, site.bytes);
    return { share: share / full, tone, label: `${name}: ${percent(share)}` };
  });
  return bar(parts, `By kind: ${parts.map((part) => part.label).join(", ") || "nothing"}`);
}

// What went from a site by kind; kinds without a colour of their own are one part.
function partsByTone(data, site) {
  const parts = [];
  site.removed_by_kind.forEach((bytes, kind) => {
    if (bytes === 0) return;
    const last = parts.at(-1);
    if (kind >= TONES && last?.tone === tone(kind)) last.bytes += bytes;
    else parts.push({ name: kind < TONES ? plain(data.kinds[kind].name) : "other kinds", tone: tone(kind), bytes });
  });
  return parts;
}

function legend(data) {
  const names = data.kinds.slice(0, TONES).map((kind, index) => el("li", null, swatch(index), shown(kind.name)));
  const others = data.kinds.length > TONES ? el("li", null, swatch(TONES), "other kinds") : null;
  return el("ul", { class: "legend", "aria-label": "Colours of kinds" }, names, others);
}

function siteDetail(data, site) {
  const kinds = site.removed_by_kind
    .map((bytes, index) => ({ name: data.kinds[index].name, index, bytes }))
    .filter((kind) => kind.bytes > 0);
  kinds.sort((a, b) => b.bytes - a.bytes);
  const removed = `${size(site.removed_bytes)} of ${size(site.bytes)} (${percent(ratio(site.removed_bytes, site.bytes))})`;
  const intro = `${removed} in ${counted(site.removals, "removal", "removals")} from ${counted(site.documents, "document", "documents")}`;
  const rows = kinds.map((kind) =>
    el(
      "tr",
      null,
      el("th", { scope: "row" }, swatch(kind.index), shown(kind.name)),
      el("td", { class: "figure" }, sized(kind.bytes)),
      el("td", { class: "figure" }, percent(ratio(kind.bytes, site.bytes))),
    ),
  );
  const heads = ["Kind", "Removed", "of the site"].map((label, index) =>
    el("th", { scope: "col", class: index > 0 ? "figure" : null }, label),
  );
  const table = el(
    "table",
    { class: "small" },
    el("caption", null, intro),
    el("thead", null, el("tr", null, heads)),
    el("tbody", null, rows),
  );
  return el("div", { class: "inside" }, table);
}

// Documents that no row stands for.
function sums(data) {
  const line = (label, site) =>
    site.documents > 0
      ? el(
          "p",
          { class: "hint" },
          `${label}: ${counted(site.documents, "document", "documents")}, ${size(site.removed_bytes)} of ${size(site.bytes)} removed (${percent(ratio(site.removed_bytes, site.bytes))}).`,
        )
      : null;
  return [
    line("Other sites, which are not listed", data.other_sites),
    line("Documents of unknown sites", data.unknown_site),
  ].filter(Boolean);
}

function drawDocuments(data) {
  const section = byId("documents");
  if (data.documents.length === 0) {
    section.append(el("p", { class: "empty" }, "No document lost anything."));
    return;
  }
  const share = (document) => ratio(document.removed_bytes, document.bytes);
  const columns = [
    { label: "Document", value: (document) => `${document.input} ${document.number}`, cell: whereabouts },
    {
      label: "Text",
      number: true,
      wide: true,
      value: (document) => document.bytes,
      cell: (document) => sized(document.bytes),
    },
    {
      label: "Removed",
      number: true,
      value: (document) => document.removed_bytes,
      cell: (document) => sized(document.removed_bytes),
    },
    { label: "Share", number: true, value: share, cell: (document) => percent(share(document)) },
  ];
  const table = sortableTable({
    name: "documents",
    rows: data.documents,
    columns,
    pageSize: 20,
    sort: 3,
    noun: ["document", "documents"],
  });
  section.append(el("p", { class: "hint" }, "Look here for content that went by mistake. ", ...howToLook(data)), table.view);
}

// The command that shows what went of a document and by which rule, for the first one; the others go likewise.
function howToLook(data) {
  if (data.explain === "") return [];
  const [first] = data.documents;
  const command = `${data.explain} ${quotedWord(first.input)} --document ${first.number}`;
  return [el("code", null, shown(command)), " shows each line of the first one; name another by its file and number."];
}

// A word as a shell takes it for one.
function quotedWord(word) {
  return /^[\p{L}\p{N}@%+=:,._/-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
