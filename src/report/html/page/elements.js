// Making elements. Text goes in as text alone; nothing here reads markup.

const SVG = "http://www.w3.org/2000/svg";

// An element with attributes (a function is a listener, false and null are left out) and children.
function el(name, attributes, ...children) {
  return build(document.createElement(name), attributes, children);
}

function svg(name, attributes, ...children) {
  return build(document.createElementNS(SVG, name), attributes, children);
}

function build(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

function byId(id) {
  return document.getElementById(id);
}

// Text from the web on one line, apart from the direction of what stands around it.
function shown(text) {
  return el("bdi", null, spelled(text, false));
}

// Text from the web with its own lines.
function spelled(text, lines) {
  return pieces(text, lines).map((piece) => (piece.hidden === undefined ? piece.text : hiddenMark(piece.hidden)));
}

function hiddenMark(character) {
  const name = codeName(character.codePointAt(0));
  return el("span", { class: "hidden-character", title: name }, placeholder(character));
}

function sized(bytes) {
  return el("span", { title: counted(bytes, "byte", "bytes") }, size(bytes));
}

// A link to a page of the web; anything else is shown as text.
function address(url) {
  const target = webAddress(url);
  if (target === null) return shown(url);
  return el("a", { href: target, rel: "noopener noreferrer", target: "_blank" }, shown(url));
}

// Where a document is: input, number, address.
function whereabouts(document) {
  const place = [shown(document.input), el("span", { class: "number" }, ` #${count(document.number)}`)];
  if (document.url !== null) place.push(" ", el("span", { class: "address" }, address(document.url)));
  return el("span", { class: "whereabouts" }, place);
}

// Parts of a whole as one bar. A part is { share, tone, label }; shares are of the bar's full width. Where
// the figures stand beside it, it needs no name.
function bar(parts, name) {
  let left = 0;
  const segments = parts.map(({ share, tone, label }) => {
    const width = Math.max(0, Math.min(share, 1)) * 100;
    const segment = svg("rect", { class: tone, x: left, y: 0, width, height: 10 }, label && svg("title", null, label));
    left += width;
    return segment;
  });
  const attributes = { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", focusable: "false" };
  const naming = name ? { role: "img", "aria-label": name } : { "aria-hidden": "true" };
  return svg("svg", { ...attributes, ...naming }, segments);
}
