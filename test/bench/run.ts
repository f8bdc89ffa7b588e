import { runBench } from "./bundle";

/** `npm run bench`: measures the engine. */
process.exitCode = await runBench("main", process.argv.slice(2));
