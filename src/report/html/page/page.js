// The page as a whole, and its colours.

function drawInputs(data) {
  const inputs = data.inputs.slice(0, 8).flatMap((input, index) => [index > 0 ? ", " : "", shown(input)]);
  const more = data.inputs.length > 8 ? ` and ${count(data.inputs.length - 8)} more` : "";
  byId("inputs").append(...inputs, more);
  if (data.program !== "") byId("program").append(shown(data.program), ". ");
}

function drawTheme() {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const list = byId("theme");
  list.value = storedTheme() ?? "auto";
  const paint = () => {
    const dark = list.value === "auto" ? system.matches : list.value === "dark";
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  };
  list.addEventListener("change", () => {
    storeTheme(list.value);
    paint();
  });
  system.addEventListener("change", paint);
  paint();
}

// A page from disk may have no storage.
function storedTheme() {
  try {
    const theme = localStorage.getItem("dechrome-theme");
    return ["auto", "light", "dark"].includes(theme) ? theme : null;
  } catch {
    return null;
  }
}

function storeTheme(theme) {
  try {
    localStorage.setItem("dechrome-theme", theme);
  } catch {
    // The choice holds for as long as the page is open.
  }
}

function drawReport() {
  drawTheme();
  const data = JSON.parse(byId("data").textContent);
  drawInputs(data);
  drawTotals(data);
  const openRules = drawRules(data);
  drawKinds(data, openRules);
  drawShares(data);
  drawSites(data);
  drawDocuments(data);
  drawUnused(data);
  document.querySelector("main").hidden = false;
}

drawReport();
