// Tables that sort by any column, show one page of their rows at a time, and open rows.

const collator = new Intl.Collator("en", { numeric: true });

// options: { name, rows, columns, pageSize, sort: index, noun: [one, many], detail: row => element, empty }
// A column is { label, hint, number, wide, value: row => what it sorts by, cell: row => what it shows }; the
// first column opens the row's detail. Gives { view, show(rows) }.
function sortableTable(options) {
  const { columns, pageSize } = options;
  const state = {
    rows: options.rows,
    sort: options.sort,
    descending: columns[options.sort].number,
    page: 0,
    open: new Set(),
  };
  const heads = columns.map((column, index) => sortHead(column, () => sortBy(index)));
  const body = el("tbody");
  const table = el(
    "table",
    { "aria-labelledby": `${options.name}-title` },
    el("thead", null, el("tr", null, heads)),
    body,
  );
  const pager = pagerOf((step) => turn(step));
  const empty = el("p", { class: "empty", hidden: "" }, options.empty ?? "Nothing to show.");
  const frame = el("div", { class: "frame" }, table);

  function sortBy(index) {
    state.descending = index === state.sort ? !state.descending : Boolean(columns[index].number);
    state.sort = index;
    state.page = 0;
    arrange();
  }

  function turn(step) {
    const last = Math.max(0, Math.ceil(state.rows.length / pageSize) - 1);
    const page = Math.min(last, Math.max(0, state.page + step));
    if (page === state.page) return;
    state.page = page;
    draw();
  }

  function arrange() {
    const sorted = sortedRows(options.rows, columns[state.sort], state.descending);
    const wanted = new Set(state.rows);
    state.rows = sorted.filter((row) => wanted.has(row));
    draw();
  }

  function draw() {
    heads.forEach((head, index) => {
      const order = state.descending ? "descending" : "ascending";
      head.setAttribute("aria-sort", index === state.sort ? order : "none");
    });
    const first = state.page * pageSize;
    const page = state.rows.slice(first, first + pageSize);
    body.replaceChildren(...page.flatMap((row, index) => rowElements(options, state.open, row, first + index)));
    pager.show(first, page.length, state.rows.length, options.rows.length, options.noun);
    frame.hidden = page.length === 0;
    empty.hidden = page.length > 0;
  }

  function show(rows) {
    state.rows = rows;
    state.page = 0;
    arrange();
  }

  arrange();
  return { view: el("div", { class: "table" }, frame, empty, pager.view), show };
}

function sortedRows(rows, column, descending) {
  const valued = rows.map((row, index) => ({ row, index, value: column.value(row) }));
  const compare = column.number ? (a, b) => a - b : collator.compare;
  const sign = descending ? -1 : 1;
  valued.sort((a, b) => sign * compare(a.value, b.value) || a.index - b.index);
  return valued.map(({ row }) => row);
}

function sortHead(column, sort) {
  const arrow = el("span", { class: "arrow", "aria-hidden": "true" });
  const button = el("button", { type: "button", click: sort, title: column.hint ?? null }, column.label, arrow);
  return el("th", { scope: "col", class: cellClass(column), "aria-sort": "none" }, button);
}

function cellClass(column) {
  return [column.number && "figure", column.wide && "wide", column.plot && "plot"].filter(Boolean).join(" ");
}

// A row, and its detail if it is open.
function rowElements({ name, columns, detail }, open, row, number) {
  const id = `${name}-detail-${number}`;
  const line = el("tr", { class: "row" });
  const opener = detail && el("button", { type: "button", class: "opener", "aria-controls": id });
  columns.forEach((column, index) => {
    const content = column.cell(row);
    const opening = index === 0 && opener;
    if (opening) opener.append(content);
    line.append(
      el(index === 0 ? "th" : "td", { class: cellClass(column), scope: index === 0 && "row" }, opening || content),
    );
  });
  if (!detail) return [line];
  const more = el("tr", { class: "detail", id }, el("td", { colspan: columns.length }));
  const draw = () => {
    const isOpen = open.has(row);
    opener.setAttribute("aria-expanded", String(isOpen));
    line.classList.toggle("open", isOpen);
    more.hidden = !isOpen;
    if (isOpen && !more.firstChild.hasChildNodes()) more.firstChild.append(detail(row));
  };
  opener.addEventListener("click", () => {
    if (!open.delete(row)) open.add(row);
    draw();
  });
  draw();
  return [line, more];
}

// Which rows are shown, and buttons for those before and behind. They stay where they are at the ends, so
// that the focus does.
function pagerOf(turn) {
  const status = el("p", { role: "status" });
  const button = (label, step) => el("button", { type: "button", click: () => turn(step) }, label);
  const [before, behind] = [button("Previous", -1), button("Next", 1)];
  const buttons = el("div", { class: "turn" }, before, behind);
  const allow = (control, allowed) => control.setAttribute("aria-disabled", String(!allowed));
  function show(first, length, found, all, [one, many]) {
    const range = length < found ? `${count(first + 1)}\u2013${count(first + length)} of ` : "";
    const sum = found < all ? `${count(found)} found among ${counted(all, one, many)}` : counted(all, one, many);
    status.textContent = range + sum;
    buttons.hidden = length === found;
    allow(before, first > 0);
    allow(behind, first + length < found);
  }
  return { view: el("div", { class: "pager" }, status, buttons), show };
}

// A search box that calls back with words in lower case.
function searchBox(label, search) {
  const changed = (event) => search(event.target.value.trim().toLowerCase());
  const box = el("input", { type: "search", autocomplete: "off", spellcheck: "false", input: changed });
  return { view: el("label", { class: "search" }, el("span", null, label), box), box };
}
