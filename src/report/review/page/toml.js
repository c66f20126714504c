// The pack as TOML.

function quoted(text) {
  return `"${escapedText(text)}"`;
}

function escapedText(text) {
  const named = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r" };
  return text.replace(/["\\\p{Cc}]/gu, (character) => named[character] ?? `\\u${character.codePointAt(0).toString(16).padStart(4, "0")}`);
}

function value(it, wide) {
  if (typeof it === "string") return quoted(it);
  if (Array.isArray(it)) {
    const items = it.map((item) => value(item, false));
    return wide && items.length > 1 ? `[\n${items.map((item) => `    ${item},\n`).join("")}]` : `[${items.join(", ")}]`;
  }
  if (typeof it === "object") return `{ ${inOrder(it).map(([key, inner]) => `${key} = ${value(inner, false)}`).join(", ")} }`;
  return String(it);
}

function table(header, entries) {
  return `${header}\n${entries.map(([key, it]) => `${key} = ${value(it, true)}\n`).join("")}`;
}

function lines(text) {
  return `"""\n${text.split("\n").map(escapedText).join("\n")}"""`;
}

// Keys of [pack], of rules and of evidence, as people write them; others come behind, and evidence last.
const ORDER = [
  ...["title", "languages", "sites", "include", "signature", "menus"],
  ...["id", "kind", "weak", "is", "starts-with", "ends-with", "contains", "made-of", "from", "to", "cut", "keep"],
  ...["documents", "of", "where"],
];

function inOrder(entries) {
  const place = (key) => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length + (key === "evidence" ? 1 : 0));
  return Object.entries(entries).sort(([a], [b]) => place(a) - place(b));
}

// The pack with these rules. Its examples are kept while they hold for certain: if nothing was changed.
function packToml(pack, rules, examples) {
  const parts = [table("[pack]", inOrder(pack.pack)), ...rules.map((rule) => table("[[rule]]", inOrder(rule)))];
  for (const example of examples) {
    parts.push(`[[example]]\npage = ${lines(example.page)}\nclean = ${lines(example.clean)}\n`);
  }
  return parts.join("\n");
}

// An example of rules that take lines wherever these stand.
function exampleOf(rules, text) {
  const isPlain = (pattern) => !/[{}]/u.test(pattern);
  const strong = rules.filter((rule) => rule.is && !rule.weak && !rule.first && !rule.last && !rule["max-chars"] && rule.case === undefined);
  const shown = strong.flatMap((rule) => rule.is.filter(isPlain).slice(0, 1)).slice(0, 6);
  const half = Math.ceil(shown.length / 2);
  const page = [...shown.slice(0, half), text[0], ...shown.slice(half), text[1]].map((line) => `${line}\n`).join("");
  return shown.length > 0 ? [{ page, clean: `${text[0]}\n${text[1]}\n` }] : [];
}
