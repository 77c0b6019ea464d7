// Makes the page that the command embeds: src/export/html/page.html, of src/. With --check: whether that file is what the source gives.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const PAGE = new URL("../src/export/html/page.html", import.meta.url);
const source = (name) => new URL(`src/${name}`, import.meta.url);

async function bundled(entry) {
  const result = await build({
    entryPoints: [source(entry).pathname],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
  });
  // Within a page the end of a script or style must not stand in it.
  return result.outputFiles[0].text.trim().replaceAll("</", "<\\/");
}

/** The licences of what is in the script, which ask to be shown. */
async function licences() {
  const packages = ["sigma", "graphology", "graphology-utils", "events"];
  const texts = await Promise.all(packages.map(async (name) => {
    const folder = new URL(`node_modules/${name}/`, import.meta.url);
    const { version, license } = JSON.parse(await readFile(new URL("package.json", folder), "utf8"));
    if (license !== "MIT") throw new Error(`${name} is ${license}, not MIT`);
    const files = ["LICENSE.txt", "LICENSE", "LICENSE.md"];
    for (const file of files) {
      const text = await readFile(new URL(file, folder), "utf8").catch(() => undefined);
      if (text) return `${name} ${version}\n\n${text.trim()}`;
    }
    throw new Error(`${name} has no licence file`);
  }));
  return texts.join("\n\n----\n\n").replaceAll("--", "- -").replaceAll("\r", "");
}

const digest = (text) => `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;

const [script, style] = await Promise.all([bundled("main.ts"), bundled("page.css")]);
const parts = {
  POLICY: `default-src 'none'; script-src ${digest(script)}; style-src ${digest(style)}; base-uri 'none'; form-action 'none'`,
  LICENCES: await licences(),
  STYLE: style,
  SCRIPT: script,
};
const page = (await readFile(source("page.html"), "utf8")).replace(/\{\{([A-Z]+)\}\}/g, (_, name) => parts[name]);

if (process.argv.includes("--check")) {
  if ((await readFile(PAGE, "utf8").catch(() => "")) !== page) {
    console.error("src/export/html/page.html is not what viewer/src gives: npm run build");
    process.exit(1);
  }
  console.log(`src/export/html/page.html is what viewer/src gives: ${page.length} characters`);
} else {
  await writeFile(PAGE, page);
  console.log(`${PAGE.pathname}: ${page.length} characters`);
}
