// Text from the web made safe to look at, and figures made readable.

// Control characters, and characters that show nothing or turn the direction of what stands around them.
const HIDDEN = /[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]/u;

// Joiners and selectors, which shape what stands before them: letters of many scripts, and emoji.
const SHAPERS = /[\u200c\u200d\ufe0e\ufe0f]/u;

const CONTROL_NAMES =
  "NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US".split(
    " ",
  );

// How a hidden character is shown: by its name, or its number.
function placeholder(character) {
  const code = character.codePointAt(0);
  return CONTROL_NAMES[code] ?? codeName(code);
}

function codeName(code) {
  return "U+" + code.toString(16).toUpperCase().padStart(4, "0");
}

// The pieces of a text: { text } as it is, or { hidden } for one character. Without `lines`, line feeds
// and tabs are hidden characters as well.
function pieces(text, lines) {
  if (!HIDDEN.test(text)) return [{ text }];
  const found = [];
  let before = "";
  for (const character of text) {
    const stays = !HIDDEN.test(character) || (lines && "\n\t".includes(character)) || shapes(character, before);
    if (!stays) found.push({ hidden: character });
    else if (found.at(-1)?.text !== undefined) found.at(-1).text += character;
    else found.push({ text: character });
    before = character;
  }
  return found;
}

function shapes(character, before) {
  return SHAPERS.test(character) && before > "\x7f" && (!HIDDEN.test(before) || before === "\ufe0f");
}

// For places that hold text alone: titles, labels, options.
function plain(text) {
  return pieces(text, false)
    .map((piece) => piece.text ?? `\u27e8${codeName(piece.hidden.codePointAt(0))}\u27e9`)
    .join("");
}

const whole = new Intl.NumberFormat("en");

function count(number) {
  return whole.format(number);
}

function counted(number, one, many) {
  return `${count(number)}\u00a0${number === 1 ? one : many}`;
}

function size(bytes) {
  if (bytes < 1000) return `${bytes}\u00a0B`;
  const units = ["kB", "MB", "GB", "TB", "PB"];
  let unit = -1;
  let shown = bytes;
  do {
    shown /= 1000;
    unit += 1;
  } while (shown >= 999.95 && unit < units.length - 1);
  return `${shown.toFixed(1)}\u00a0${units[unit]}`;
}

function ratio(part, all) {
  return all > 0 ? part / all : 0;
}

// A share that is not nothing is never shown as nothing, nor one that is not everything as everything.
function percent(share) {
  if (share > 0 && share < 0.0005) return "<0.1\u00a0%";
  if (share < 1 && share > 0.9995) return ">99.9\u00a0%";
  return `${(share * 100).toFixed(1)}\u00a0%`;
}

// The address to link to, or null: pages of the web only, never a script or a file.
function webAddress(text) {
  if (!/^https?:\/\//i.test(text) || text.endsWith("\u2026")) return null;
  try {
    const address = new URL(text);
    return address.protocol === "http:" || address.protocol === "https:" ? address.href : null;
  } catch {
    return null;
  }
}
