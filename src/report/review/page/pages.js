// What a rule takes, in context, and a page before and after.

const MOST_SHOWN = 30;

function drawContexts(rule, pages) {
  const found = places(rule, pages);
  const on = new Set(found.map(([page]) => page)).size;
  const head = el("p", { id: "count" }, `takes ${counted(found.length, "line", "lines")} on ${count(on)} of ${counted(pages.length, "page", "pages")}`);
  const shownPlaces = found.slice(0, MOST_SHOWN).map(([number, at]) => {
    const page = pages[number];
    const beside = (line) => (line ? el("div", { class: "quiet" }, shown(line.text)) : null);
    const line = el("div", null, el("mark", null, shown(page.lines[at].text)));
    return el("div", { class: "context", title: plain(page.name) }, beside(page.lines[at - 1]), line, beside(page.lines[at + 1]));
  });
  const more = found.length > MOST_SHOWN ? el("p", { class: "quiet" }, `and ${count(found.length - MOST_SHOWN)} more`) : null;
  return [head, ...shownPlaces, more];
}

function drawPage(page, goes, after) {
  const lines = page.lines.flatMap((line, at) => {
    if (!goes[at]) return [el("p", null, shown(line.text))];
    return after ? [] : [el("p", null, el("mark", null, shown(line.text)))];
  });
  return el("div", { id: "lines" }, lines);
}
