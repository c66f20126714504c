// The review: rules at the left, the chosen one in the middle, a page at the right.

function startReview() {
  const data = JSON.parse(byId("data").textContent);
  const pages = readPages(data);
  const all = candidates(data.pack);
  const state = { at: 0, page: 0, after: false };

  function drawList() {
    const items = all.map((candidate, at) => {
      const { rule, decision } = candidate;
      const note = `${rule.kind ?? "keep"}${rule.weak ? ", weak" : ""}${decision ? `: ${decision}` : ""}`;
      const attributes = { type: "button", "aria-current": String(at === state.at), click: () => choose(at) };
      return el("li", { class: decision ?? "open" }, el("button", attributes, shown(rule.id), " ", el("span", { class: "quiet" }, note)));
    });
    byId("rules").replaceChildren(...items);
    byId("rules").children[state.at]?.scrollIntoView({ block: "nearest" });
    const done = all.filter(({ decision }) => decision !== null).length;
    byId("progress").textContent = `${done} of ${counted(all.length, "rule", "rules")} decided`;
  }

  function drawRule() {
    const candidate = all[state.at];
    if (!candidate) return byId("rule").replaceChildren(el("p", null, "The pack has no rules."));
    const { rule, decision } = candidate;
    const choice = (name, label) =>
      el("button", { type: "button", id: name, "aria-pressed": String(decision === name), click: () => decide(name) }, label);
    const matches = el("div", { id: "matches" });
    const wrong = el("p", { id: "wrong", role: "alert", class: "wrong", hidden: "" });
    const editor = el("textarea", { id: "patterns", "aria-label": "Patterns, one a line", spellcheck: "false" });
    editor.value = patternsText(rule);
    editor.addEventListener("input", () => edit(candidate, editor.value, matches, wrong));
    const isLine = isLineRule(rule);
    if (isLine) matches.append(...drawContexts(rule, pages).filter(Boolean));
    byId("rule").replaceChildren(
      el("h2", null, shown(rule.id)),
      evidenceOf(rule),
      el("div", { class: "choices" }, choice("accept", "Accept (a)"), choice("weaken", "Weaken (w)"), choice("reject", "Reject (r)")),
      ...(isLine ? [editor, wrong] : [el("p", { class: "quiet" }, "This rule is edited in the file.")]),
      matches,
    );
  }

  function evidenceOf(rule) {
    const it = rule.evidence;
    if (!it) return el("p", { class: "quiet" }, rule.kind ?? "keep");
    const text = `${rule.kind}: on ${count(it.documents)} of ${counted(it.of, "page", "pages")} (${percent(ratio(it.documents, it.of))}), ${it.where}`;
    return el("p", { id: "evidence" }, text);
  }

  // The count follows every key; a pattern that is wrong changes nothing.
  function edit(candidate, text, matches, wrong) {
    try {
      const edited = withPatterns(candidate.rule, text);
      matches.replaceChildren(...drawContexts(edited, pages).filter(Boolean));
      candidate.rule = edited;
      wrong.hidden = true;
      drawSide();
    } catch (error) {
      wrong.textContent = error.message;
      wrong.hidden = false;
    }
  }

  function drawSide() {
    const page = pages[state.page];
    if (!page) return byId("page").replaceChildren(el("p", { class: "quiet" }, "No pages were given."));
    const goes = decided(page, acting(all));
    const turn = el("button", { type: "button", id: "turn", "aria-pressed": String(state.after), click: () => turnPage() }, "After (b)");
    const next = el("button", { type: "button", id: "next-page", click: () => nextPage() }, "Next page (n)");
    const gone = goes.filter(Boolean).length;
    const note = el("p", { class: "quiet", id: "gone" }, `${counted(gone, "line goes", "lines go")}, of ${count(goes.length)}`);
    byId("page").replaceChildren(el("h2", null, shown(page.name)), el("div", { class: "choices" }, turn, next), note, drawPage(page, goes, state.after));
  }

  function choose(at) {
    state.at = Math.max(0, Math.min(at, all.length - 1));
    drawList();
    drawRule();
  }

  function decide(decision) {
    if (!all[state.at]) return;
    all[state.at].decision = decision;
    choose(state.at + 1);
    drawSide();
  }

  function nextPage() {
    state.page = pages.length > 0 ? (state.page + 1) % pages.length : 0;
    drawSide();
  }

  function turnPage() {
    state.after = !state.after;
    drawSide();
  }

  function save() {
    const file = URL.createObjectURL(new Blob([savedToml(data, all)], { type: "application/toml" }));
    const link = el("a", { href: file, download: data.file });
    link.click();
    setTimeout(() => URL.revokeObjectURL(file), 10_000);
    byId("progress").textContent = `${data.file} was saved`;
  }

  const keys = {
    j: () => choose(state.at + 1),
    k: () => choose(state.at - 1),
    a: () => decide("accept"),
    w: () => decide("weaken"),
    r: () => decide("reject"),
    e: () => byId("patterns")?.focus(),
    n: nextPage,
    b: turnPage,
    s: save,
  };
  document.addEventListener("keydown", (event) => {
    const editing = event.target instanceof HTMLTextAreaElement;
    if (editing && event.key === "Escape") event.target.blur();
    if (editing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
  byId("save").addEventListener("click", save);
  byId("title").append(shown(data.pack.pack.title));
  byId("program").append(shown(data.program), ". ");
  document.querySelector("main").hidden = false;
  drawList();
  drawRule();
  drawSide();
}

startReview();
