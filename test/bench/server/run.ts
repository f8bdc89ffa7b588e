import { runBench } from "../bundle";

/** `npm run bench:server`: puts the reference server under load. */
process.exitCode = await runBench("server", process.argv.slice(2));
