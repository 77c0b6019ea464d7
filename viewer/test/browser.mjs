// A browser without a network, and what it was asked for.
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const CHROMIUM = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((it) => it && existsSync(it));

const QUIET = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** A browser; without WebGL where that is asked for. */
export const browser = (webgl = true) =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: [...QUIET, ...(webgl ? ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"] : ["--disable-gpu", "--disable-webgl", "--disable-3d-apis"])],
  });

/** The page of a file, drawn; with what it asked for, what it said, and what it did wrong. */
export async function opened(browser, file, { hash = "", ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  const seen = { requests: [], errors: [], dialogs: [] };
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && seen.errors.push(message.text()));
  page.on("dialog", (dialog) => {
    seen.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.goto(pathToFileURL(file).href + hash);
  await page.waitForSelector("html[data-drawn]", { timeout: 30_000 });
  const { metrics } = await session.send("Performance.getMetrics");
  const value = (name) => metrics.find((it) => it.name === name).value;
  const processes = await (await browser.newBrowserCDPSession()).send("SystemInfo.getProcessInfo");
  const renderers = processes.processInfo.filter((it) => it.type === "renderer");
  // Seconds of work until it was drawn: of all threads of the page from its very start, and of the main one since it had the file.
  return { page, seen, context, cpu: renderers.reduce((sum, it) => sum + it.cpuTime, 0), main: value("TaskDuration") };
}
