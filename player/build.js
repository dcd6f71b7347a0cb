// Bundle the page: src/ to replay/outputs/page/built/, two files that Python puts into every page.

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "..", "replay", "outputs", "page", "built");

const common = {
  absWorkingDir: here, bundle: true, minify: true, write: false, legalComments: "none", charset: "ascii",
  target: ["chrome117", "firefox113", "safari16.4"],
};
const script = await build({ ...common, entryPoints: ["src/main.js"], format: "iife" });
const style = await build({ ...common, entryPoints: ["src/player.css"] });

mkdirSync(out, { recursive: true });
writeFileSync(join(out, "player.js"), `/* campaign-replay, Apache-2.0; with d3-zoom, d3-selection and what they need (ISC, Mike Bostock) ${digest()} */\n${script.outputFiles[0].text}`);
writeFileSync(join(out, "player.css"), style.outputFiles[0].text);

/** A digest of all that the bundle is made from, so that without Node one sees whether it is current. */
function digest() {
  const sum = createHash("sha256");
  const files = ["build.js", "package-lock.json", "package.json", ...readdirSync(join(here, "src"), { recursive: true }).map((file) => join("src", file))];
  for (const file of files.filter((name) => /\.(js|json|css)$/.test(name)).sort()) {
    sum.update(file.replaceAll("\\", "/") + "\0").update(readFileSync(join(here, file))).update("\0");
  }
  return `sources ${sum.digest("hex").slice(0, 32)}`;
}
