import { type ChildProcess, fork } from "node:child_process";
import type { Order, Report, Sample } from "./process-messages";

/** The serving process, as the measuring one sees it. */
export type ServerProcess = {
  readonly port: number;
  readonly barePort: number;
  readonly tick: (perSecond: number) => void;
  readonly bare: (perSecond: number, bytes: number) => void;
  readonly stop: () => Promise<{ readonly sent: number; readonly log: readonly string[] }>;
  readonly sample: () => Promise<Sample>;
  readonly end: () => void;
};

/** Starts `file` with the argument `serve` and the number of roots. */
export async function startServerProcess(file: string, roots: number): Promise<ServerProcess> {
  const child = fork(file, ["serve", String(roots)], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const order = (message: Order) => child.send(message);
  const { port, barePort } = await next(child, "listening");
  return {
    port,
    barePort,
    tick: (perSecond) => order({ kind: "tick", perSecond }),
    bare: (perSecond, bytes) => order({ kind: "bare", perSecond, bytes }),
    stop: () => {
      order({ kind: "stop" });
      return next(child, "stopped");
    },
    sample: async () => {
      order({ kind: "sample" });
      return (await next(child, "sample")).sample;
    },
    end: () => void child.kill("SIGKILL"),
  };
}

function next<Kind extends Report["kind"]>(
  child: ChildProcess,
  kind: Kind,
): Promise<Extract<Report, { readonly kind: Kind }>> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`The serving process ended with ${code}.`));
    const listen = (report: Report) => {
      if (!isOfKind(report, kind)) return;
      child.off("message", listen);
      child.off("exit", ended);
      resolve(report);
    };
    child.on("message", listen);
    child.once("exit", ended);
  });
}

function isOfKind<Kind extends Report["kind"]>(
  report: Report,
  kind: Kind,
): report is Extract<Report, { readonly kind: Kind }> {
  return report.kind === kind;
}
