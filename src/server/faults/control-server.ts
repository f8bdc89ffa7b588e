import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Json } from "../../wire/json";
import { parseJsonText } from "../../wire/json-text";
import { failure, type Result, success } from "../../wire/result";
import { describeTextFault } from "../../wire/text-fault";
import { closeServer, listenOnLoopback } from "../listen";
import { describeError } from "../log";
import { type ControlAnswer, type ControlRequest, createControl } from "./control-request";
import type { Faults, FaultyEndpoint } from "./faults";
import { findStranger } from "./loopback";

type FaultControlOptions = {
  /** 0 is any free one. */
  readonly port: number;
};

export type FaultControl = {
  readonly port: number;
  /** Stops listening. The faults stay as they are. */
  readonly close: () => Promise<void>;
};

/** A fault takes a few hundred bytes. */
const MAX_BODY_BYTES = 64 * 1024;

/**
 * Serves the faults of `endpoint` over HTTP, to programs on this machine only: neither to others, nor to web pages that are
 * not of this machine. Bodies and answers are JSON; what is wrong is answered with a status and `{"error": "a sentence"}`.
 * `Fault` lists the kinds and their fields.
 *
 *     curl localhost:4001/connections                          # {"connections":[{"id":1,"transport":"websocket",...}]}
 *     curl localhost:4001/faults                               # {"faults":[{"id":1,"connection":"all","fault":{...},...}]}
 *     curl localhost:4001/faults -d '{"connection":"all","fault":{"kind":"delay","ms":200,"jitter":50}}'
 *     curl localhost:4001/faults -d '{"connection":1,"fault":{"kind":"never_answer","match":{"event":"command"}}}'
 *     curl localhost:4001/faults -d '{"connection":"next","fault":{"kind":"refuse_join","reason":"full","match":{"count":3}}}'
 *     curl -X DELETE localhost:4001/faults/1                   # ends one; without the id all
 *
 * The same, shorter, and most useful for what is done at once; the body may be left out where the kind needs no field:
 *
 *     curl localhost:4001/connections/1/drop -d '{"code":1012}'
 *     curl localhost:4001/connections/all/drop -d '{"code":1006}'
 *     curl localhost:4001/connections/1/crash_store -d '{"topic":"musubi:connection:Demo.CounterStore:*"}'
 *     curl -X POST localhost:4001/connections/1/skip_version
 *     curl localhost:4001/connections/1/stall -d '{"ms":5000}'
 *
 * The answer to a fault that lasts has the status 201 and its `id`; to one that is done, 200 and an `id` of null.
 *
 * Rejects with a sentence where the port is taken.
 */
export async function serveFaultControl(
  faults: Faults,
  endpoint: FaultyEndpoint,
  { port }: FaultControlOptions,
): Promise<FaultControl> {
  faults.attach(endpoint);
  const control = createControl(faults);
  const listening = await listenOnLoopback(port, () =>
    createServer((request, response) => {
      respond(control, request, response).catch((error: unknown) =>
        send(response, 500, { error: describeError(error) }),
      );
    }),
  );
  if (listening === null) {
    throw new Error(
      `The port ${port} for the control of faults is taken by another program. Choose another one.`,
    );
  }
  const { servers } = listening;
  const close = async () => {
    const closed = servers.map(closeServer);
    for (const server of servers) server.closeAllConnections();
    await Promise.all(closed);
  };
  return { port: listening.port, close };
}

async function respond(
  control: (request: ControlRequest) => ControlAnswer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { host, origin } = request.headers;
  const stranger = findStranger(host, origin);
  if (stranger !== null) return send(response, 403, { error: stranger });
  const text = await readBody(request);
  if (text === null) {
    response.setHeader("connection", "close");
    return send(response, 413, {
      error: `The body may have ${MAX_BODY_BYTES} bytes, and this one has more.`,
    });
  }
  const body = parseBody(text);
  if (!body.ok) return send(response, 400, { error: body.failure });
  const [path = "/"] = (request.url ?? "/").split("?");
  const answer = control({ method: request.method ?? "GET", path, body: body.value });
  if (answer.allow !== undefined) response.setHeader("allow", answer.allow);
  send(response, answer.status, answer.body);
}

/** Null where it is too long. Where it breaks off nobody waits for an answer. */
function readBody(request: IncomingMessage): Promise<string | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MAX_BODY_BYTES) chunks.push(chunk);
      else resolve(null);
    });
    request.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    request.on("error", () => resolve(null));
  });
}

function parseBody(text: string): Result<Json, string> {
  if (text.trim() === "") return success(null);
  const parsed = parseJsonText(text, MAX_BODY_BYTES);
  return parsed.ok ? parsed : failure(describeTextFault(parsed.failure, "body"));
}

function send(response: ServerResponse, status: number, body: Json): void {
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(`${JSON.stringify(body)}\n`);
}
