// Pictures of pages to look at: node test/shots.mjs FOLDER FILE.html...
import { basename } from "node:path";
import { browser, opened } from "./browser.mjs";

const [folder, ...files] = process.argv.slice(2);
const chromium = await browser();
for (const file of files) {
  const name = basename(file, ".html");
  for (const [kind, options] of [
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["phone", { colorScheme: "light", viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true }],
  ]) {
    const { page, seen, context } = await opened(chromium, file, options);
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${folder}/${name}-${kind}.png`, fullPage: kind === "phone" });
    if (seen.errors.length > 0) console.log(name, kind, seen.errors);
    await context.close();
  }
}
await chromium.close();
