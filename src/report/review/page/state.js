// What was decided, and what it does to the pages.

const EXAMPLE_TEXT = [
  "The keeper of the lighthouse wrote down the wind and the weather every evening for forty years.",
  "His books stand in the museum behind the harbour, and anybody may read in them on a Sunday.",
];

function readPages(data) {
  return data.pages.map(({ name, text }) => ({ name, lines: linesOf(text) }));
}

function linesOf(text) {
  return text
    .split("\n")
    .map((line) => line.replace(/\r$/u, ""))
    .map((line) => ({ text: line, folded: folded(line), chars: [...line.trim()].length }))
    .filter((line) => line.folded !== "");
}

// Whether the rules leave of an example what it says.
function holds({ page, clean }, all) {
  const lines = linesOf(page);
  const goes = decided({ lines }, acting(all));
  const left = lines.filter((_, at) => !goes[at]).map((line) => `${line.text}\n`);
  return left.join("") === clean;
}

// A rule under review: as it was, as it is, and what was decided.
function candidates(pack) {
  return (pack.rule ?? []).map((rule) => ({ was: rule, rule: structuredClone(rule), decision: null }));
}

function isLineRule(rule) {
  return ANCHORS.some((anchor) => rule[anchor] !== undefined);
}

// The rule as it will be saved, or null.
function asDecided({ rule, decision }) {
  if (decision === "reject") return null;
  const takesLines = isLineRule(rule) || rule["made-of"] !== undefined;
  return decision === "weaken" && takesLines ? { ...rule, weak: true } : rule;
}

function patternsText(rule) {
  return ANCHORS.flatMap((anchor) => (rule[anchor] ?? []).map((pattern) => `${anchor}: ${pattern}`)).join("\n");
}

// Reads edited patterns, one a line: throws what is wrong.
function withPatterns(rule, text) {
  const edited = Object.fromEntries(Object.entries(rule).filter(([key]) => !ANCHORS.includes(key)));
  for (const line of text.split("\n").filter((line) => line.trim() !== "")) {
    const [, anchor, pattern] = line.match(/^\s*(is|starts-with|ends-with|contains)\s*:\s?(.*)$/u) ?? [];
    if (anchor === undefined) throw new Error("each line is is:, starts-with:, ends-with: or contains:, and a pattern");
    compiled(pattern, anchor);
    const folds = (other) => folded(other) === folded(pattern);
    if ((edited[anchor] ?? []).some(folds)) throw new Error(`"${pattern}" is there twice`);
    edited[anchor] = [...(edited[anchor] ?? []), pattern.trim()];
  }
  if (!isLineRule(edited) && !edited["made-of"]) throw new Error("a rule needs a pattern; to do without it, reject it");
  return edited;
}

// Where a rule's patterns stand, as if it were strong and alone: [page, line] each.
function places(rule, pages) {
  const alone = [{ matches: matcher(rule), isWeak: false }];
  return pages.flatMap((page, number) => decided(page, alone).flatMap((goes, at) => (goes ? [[number, at]] : [])));
}

// The decided rules as matchers.
function acting(all) {
  const rules = all.map(asDecided).filter((rule) => rule !== null && isLineRule(rule));
  return rules.map((rule) => ({ matches: matcher(rule), isWeak: rule.weak === true }));
}

function savedToml(data, all) {
  const rules = all.map(asDecided).filter((rule) => rule !== null);
  const untouched = all.every((candidate) => asDecided(candidate) === candidate.rule && patternsText(candidate.rule) === patternsText(candidate.was));
  const had = data.pack.example ?? [];
  const anew = () => exampleOf(rules, EXAMPLE_TEXT).filter((example) => holds(example, all));
  const examples = untouched ? had : had.length > 0 ? anew() : [];
  return packToml(data.pack, rules, examples);
}
