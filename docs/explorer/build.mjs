// Bundles the explorer: one script, one style sheet, the border and the licences. `make explorer` runs it.
import { build } from "esbuild";
import { readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { borders } from "./border.mjs";

const out = new URL("../assets/explorer/", import.meta.url).pathname;
const here = new URL("./", import.meta.url).pathname;
mkdirSync(out, { recursive: true });

const atlas = JSON.parse(readFileSync(`${here}node_modules/world-atlas/countries-10m.json`, "utf8"));
writeFileSync(`${out}border.json`, `${JSON.stringify(borders(atlas))}\n`);

await build({
  entryPoints: [`${here}src/explorer.js`],
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020"],
  charset: "utf8",
  legalComments: "none",
  loader: { ".png": "empty" },
  absWorkingDir: here,
});

const licences = ["leaflet", "world-atlas"].map((name) => {
  const about = JSON.parse(readFileSync(`${here}node_modules/${name}/package.json`, "utf8"));
  const file = name === "leaflet" ? "LICENSE" : "LICENSE.txt";
  let text;
  try { text = readFileSync(`${here}node_modules/${name}/${file}`, "utf8"); } catch { text = readFileSync(`${here}node_modules/${name}/LICENSE`, "utf8"); }
  return `${name} ${about.version}\n${"-".repeat(60)}\n${text.trim()}\n`;
});
writeFileSync(`${out}LICENSES.txt`, `${licences.join("\n")}\nState borders: Natural Earth (public domain), by way of world-atlas.\n`);
