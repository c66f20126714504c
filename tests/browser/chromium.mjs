// A page in headless Chromium, driven by the DevTools protocol over a pair of pipes: needs Node and
// Chromium, and no package.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FLAGS = [
  "--headless=new",
  "--remote-debugging-pipe",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-extensions",
  "--disable-dev-shm-usage",
  "--hide-scrollbars",
];

// A machine that does other things as well may be slow.
const ANSWER_WITHIN = 60_000;

function chromiumPath() {
  const known = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = known.find((path) => path && existsSync(path));
  if (!found) throw new Error("no Chromium found: install it, or set CHROMIUM to its path");
  return found;
}

// Starts a browser with one empty page.
export async function startChromium() {
  const profile = mkdtempSync(join(tmpdir(), "report-test-"));
  const child = spawn(chromiumPath(), [...FLAGS, `--user-data-dir=${profile}`, "about:blank"], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  const connection = connect(child);
  const close = async () => {
    connection.send("Browser.close").catch(() => {});
    await Promise.race([ended, pause(5_000)]);
    child.kill("SIGKILL");
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const { targetInfos } = await connection.send("Target.getTargets");
  const { targetId } = targetInfos.find((target) => target.type === "page");
  const { sessionId } = await connection.send("Target.attachToTarget", { targetId, flatten: true });
  return { page: pageOf(connection, sessionId), pages: () => pagesOf(connection), close };
}

async function pagesOf(connection) {
  const { targetInfos } = await connection.send("Target.getTargets");
  return targetInfos.filter((target) => target.type === "page").map((target) => target.url);
}

// Messages are JSON, each ended by a zero byte.
function connect(child) {
  const [, , , into, outOf] = child.stdio;
  const waiting = new Map();
  const listeners = [];
  let number = 0;
  let unread = "";
  outOf.setEncoding("utf8");
  outOf.on("data", (text) => {
    const messages = (unread + text).split("\0");
    unread = messages.pop();
    messages.map((message) => JSON.parse(message)).forEach(receive);
  });
  into.on("error", () => {});
  function receive(message) {
    if (message.id === undefined) return listeners.forEach((listener) => listener(message));
    const { resolve, reject } = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) reject(new Error(message.error.message));
    else resolve(message.result);
  }
  function send(method, params = {}, sessionId = undefined) {
    const id = ++number;
    const answer = new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${method}: no answer`)), ANSWER_WITHIN);
      const settle = (done) => (value) => (clearTimeout(late), done(value));
      waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
    });
    into.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return answer;
  }
  return { send, listen: (listener) => listeners.push(listener) };
}

export function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

function pageOf({ send: sendTo, listen }, sessionId) {
  const send = (method, params) => sendTo(method, params, sessionId);
  const on = (method, listener) =>
    listen((message) => message.method === method && message.sessionId === sessionId && listener(message.params));

  // The value of an expression, or of a function that is called in the page with `values`.
  async function evaluate(source, ...values) {
    const expression = typeof source === "function" ? `(${source})(...${JSON.stringify(values)})` : source;
    const answer = await send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description ?? "the page threw");
    return answer.result.value;
  }

  async function loads(method, params) {
    const loaded = new Promise((resolve) => on("Page.loadEventFired", resolve));
    await send(method, params);
    await loaded;
  }

  const open = (url) => loads("Page.navigate", { url });
  const reload = () => loads("Page.reload");

  // Clicks in the middle of an element, as a mouse does.
  async function click(selector) {
    const at = await evaluate(async (wanted) => {
      const element = document.querySelector(wanted);
      if (!element) throw new Error(`nothing is ${wanted}`);
      element.scrollIntoView({ block: "center" });
      // The mouse meets what was drawn last.
      for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
      const { left, top, width, height } = element.getBoundingClientRect();
      return { x: left + Math.min(width / 2, 40), y: top + height / 2 };
    }, selector);
    for (const type of ["mousePressed", "mouseReleased"]) {
      await send("Input.dispatchMouseEvent", { type, ...at, button: "left", clickCount: 1 });
    }
  }

  // Presses a key that is named as the DOM names it.
  async function press(key) {
    const codes = { Enter: 13, Tab: 9, " ": 32, ArrowDown: 40, Escape: 27 };
    const text = { Enter: "\r", " ": " " }[key];
    const event = { key, code: key === " " ? "Space" : key, windowsVirtualKeyCode: codes[key] };
    await send("Input.dispatchKeyEvent", { ...event, type: text ? "keyDown" : "rawKeyDown", text });
    await send("Input.dispatchKeyEvent", { ...event, type: "keyUp" });
  }

  const type = (text) => send("Input.insertText", { text });
  return { send, on, evaluate, open, reload, click, press, type };
}
