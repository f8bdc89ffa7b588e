import { fileURLToPath } from "node:url";
import { formatFigure, formatHead } from "../table";
import { measureLoad } from "./load";
import { readPlan } from "./plan";
import { serveLoad } from "./served";

/** `npm run bench:server`: one line a figure. It fails where an envelope was lost or doubled, not where it took long. */
const [role, ...rest] = process.argv.slice(2);
if (role === "serve") await serveLoad(Number(rest[0]));
else {
  const plan = readPlan(process.argv.slice(2));
  if (typeof plan === "string") {
    console.error(plan);
    process.exitCode = 2;
  } else {
    console.log(formatHead());
    const { figures, isWhole } = await measureLoad(plan, fileURLToPath(import.meta.url));
    for (const figure of figures) console.log(formatFigure(figure));
    if (!isWhole) process.exitCode = 1;
  }
}
