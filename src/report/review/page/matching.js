// How a pattern is compared with a line, as dechrome does it.

const MARKS = "*\\-|><+#^\u2022\u2023\u2043\u25e6\u00b7\u2219\u22c5\u25aa\u25ab\u25a0\u25a1\u25cf\u25cb\u25c6\u25c7\u203a\u00bb\u2039\u00ab\u276f\u276e\u00a6\u2713\u2714\u2611\uff5c\u30fb\u25b6\u25ba\u25b8\u25b9\u25b7\u25c0\u25c4\u25c2\u25b2\u25b4\u25bc\u25be\u2192\u2190\u2191\u2193\u2197\u279c\u2794\u27a4\u27f6\u27f5";
const LIST_MARKS = new RegExp(`^[ ${MARKS}]+`, "u");
const DECORATION = new RegExp(`(?:\\.{2,}|[ :\uff1a\u2304\ufe40${MARKS}])+$`, "u");
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff]/gu;

function folded(text) {
  return text
    .replace(INVISIBLE, "")
    .replace(/[\u2018\u2019\u201a\u201b\u2032\u00b4`]/gu, "'")
    .replace(/[\u201c-\u201f\u2033\u201e]/gu, '"')
    .replace(/[\u2010-\u2015\u2212]/gu, "-")
    .replace(/\u2026/gu, "...")
    .replace(/\s+/gu, " ")
    .toLowerCase()
    .replace(/\u03c2/gu, "\u03c3")
    .trim();
}

function behindMarks(text) {
  return text.replace(LIST_MARKS, "") || text;
}

function undecorated(text) {
  return text.replace(DECORATION, "") || text;
}

function core(text) {
  const inner = text.replace(LIST_MARKS, "").replace(DECORATION, "");
  return inner || text;
}

// A match splits no word and no number. Thai to Khmer, kana and ideographs have no spaces between words.
const LETTER = "(?:(?![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u30ff\u31f0-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}])\\p{Alphabetic})";
const MARK = "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u093c\u094d\u09bc\u09cd\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]";
const BOUNDARY = `(?!(?<=${LETTER}|${MARK})${LETTER}|(?<=\\p{N})\\p{N}|(?<=${LETTER}|\\p{N}|${MARK})${MARK})`;

const NUMBER = "\\+?\\d+(?:[,.']\\d+| \\d{3}(?!\\d))*(?:bn|mn|[kmb]|\u043a)?";
const OF_DAY = `(?: ?(?:am|pm|a\\.m\\.?|p\\.m\\.?|uhr|h|gmt|utc|et|est|edt|bst|ist|cet)${BOUNDARY})`;
const TIME = `\\d{1,2}(?:[:.h]\\d{2}(?::\\d{2})?${OF_DAY}{0,2}|${OF_DAY}{1,2})`;
const YEAR = "(?:[,.]? ?(?:de |del )?\\d{4})?";
const DATE = `(?:\\p{L}+[,.]? )?(?:\\d{1,4}([-/.]) ?\\d{1,2}[-/.] ?\\d{1,4}|\\d{1,2}(?:st|nd|rd|th|er|\\.)? ?(?:de |of )?\\p{L}{3,}\\.?${YEAR}|\\p{L}{3,}\\.? \\d{1,2}(?:st|nd|rd|th)?${YEAR}|\\p{L}{3,} \\d{4}|\\d{4}\u5e74\\d{1,2}\u6708\\d{1,2}\u65e5)`;
const PLACEHOLDERS = { number: NUMBER, time: TIME, date: DATE, any: ".*" };

// A pattern as a function of a folded line. Throws what is wrong with it.
function compiled(pattern, anchor) {
  const parts = pattern.split(/(\{\{|\}\}|\{[a-z]*\})/u);
  let fixed = "";
  const source = parts.map((part) => {
    if (part === "{{" || part === "}}") return `\\${part[0]}`;
    const name = part.match(/^\{([a-z]*)\}$/u)?.[1];
    if (name !== undefined) {
      if (!(name in PLACEHOLDERS)) throw new Error(`{${name}} is no placeholder: {number}, {date}, {time}, {any}`);
      return `(?:${PLACEHOLDERS[name].replace(/\((?!\?)/gu, "(?:")})`;
    }
    if (/[{}]/u.test(part)) throw new Error("a brace is written {{ or }}");
    fixed += part.trim();
    return inner(part);
  });
  if (fixed === "" && !(anchor === "is" && pattern.trim() !== "" && !pattern.includes("{any}"))) throw new Error("the pattern has no text");
  const text = source.join("").replace(/^ +| +$/gu, "");
  const expressions = { is: `^${text}$`, "starts-with": `^${text}${BOUNDARY}`, "ends-with": `${BOUNDARY}${text}$`, contains: `${BOUNDARY}${text}${BOUNDARY}` };
  const expression = new RegExp(expressions[anchor], "u");
  const of = { is: core, "starts-with": behindMarks, "ends-with": undecorated, contains: (line) => line };
  return (line) => expression.test(of[anchor](line));

  function inner(part) {
    // Marks around a whole pattern do not count, those inside do.
    const whole = parts.length === 1;
    const plain = folded(part);
    const trimmed = { is: core, "starts-with": behindMarks, "ends-with": undecorated, contains: (text) => text };
    const kept = whole ? trimmed[anchor](plain) : plain;
    const spaced = (/^\s/u.test(part) && plain !== "" ? " " : "") + kept + (/\s$/u.test(part) && plain !== "" ? " " : "");
    const text = plain === "" && part !== "" ? " " : spaced;
    return text.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
  }
}

const ANCHORS = ["is", "starts-with", "ends-with", "contains"];

// Whether a rule's line patterns stand in a line of the page.
function matcher(rule) {
  const tests = ANCHORS.flatMap((anchor) => (rule[anchor] ?? []).map((pattern) => ({ anchor, test: compiled(pattern, anchor) })));
  return (line, position, count) => {
    if (rule.first !== undefined && position >= rule.first) return false;
    if (rule.last !== undefined && count - position > rule.last) return false;
    return tests.some(({ anchor, test }) => {
      const most = rule["max-chars"] ?? (anchor === "contains" ? 200 : Infinity);
      return line.chars <= most && test(line.folded);
    });
  };
}

// Which lines of a page go: rounds follow, as in dechrome, on the lines that still stand, until one takes nothing.
function decided(page, rules) {
  const goes = new Array(page.lines.length).fill(false);
  for (;;) {
    const standing = page.lines.flatMap((_, at) => (goes[at] ? [] : [at]));
    const taken = round(standing.map((at) => page.lines[at]), rules);
    taken.forEach((at) => (goes[standing[at]] = true));
    if (taken.length === 0) return goes;
  }
}

// Which of the lines are taken at once: those of strong rules, and those of weak ones in a run.
function round(lines, rules) {
  const strong = new Array(lines.length).fill(false);
  const weak = new Array(lines.length).fill(false);
  for (const { matches, isWeak } of rules) {
    lines.forEach((line, at) => {
      if (matches(line, at, lines.length)) (isWeak ? weak : strong)[at] = true;
    });
  }
  const taken = [];
  for (let start = 0; start < lines.length; start += 1) {
    if (!strong[start] && !weak[start]) continue;
    let end = start;
    while (end < lines.length && (strong[end] || weak[end])) end += 1;
    const isTaken = end - start >= 3 || start === 0 || end === lines.length || strong.slice(start, end).some(Boolean);
    if (isTaken) for (let at = start; at < end; at += 1) taken.push(at);
    start = end;
  }
  return taken;
}
