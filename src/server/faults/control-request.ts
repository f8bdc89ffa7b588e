import { isJsonObject, type Json, ownField } from "../../wire/json";
import { failure, type Result, success } from "../../wire/result";
import { showWrongValue } from "../../wire/wrong-value";
import type { ConnectionView } from "../phoenix/connection/connections";
import type { FaultTarget } from "./active-fault";
import type { Faults, FaultView } from "./faults";
import { readFault } from "./read-fault";

/** A request to the control server; the body is null where there was none. */
export type ControlRequest = { readonly method: string; readonly path: string; readonly body: Json };

export type ControlAnswer = {
  readonly status: 200 | 201 | 400 | 404 | 405;
  readonly body: Json;
  /** With 405: the methods that there are. */
  readonly allow?: string;
};

type Handler = (request: ControlRequest, parameters: readonly string[]) => ControlAnswer;

type Resource = { readonly path: RegExp; readonly methods: { readonly [method: string]: Handler } };

const PATHS = "/connections, /connections/ID/KIND, /faults and /faults/ID";

/** Answers requests as the control server says, with what these faults do. */
export function createControl(faults: Faults): (request: ControlRequest) => ControlAnswer {
  const resources: readonly Resource[] = [
    {
      path: /^\/connections$/,
      methods: { GET: () => answer(200, { connections: faults.connections().map(showConnection) }) },
    },
    {
      path: /^\/connections\/([^/]+)\/([^/]+)$/,
      methods: { POST: ({ body }, [target, kind]) => injectKind(faults, target, kind, body) },
    },
    {
      path: /^\/faults$/,
      methods: {
        GET: () => answer(200, { faults: faults.list().map(showFault) }),
        POST: ({ body }) => injectBody(faults, body),
        DELETE: () => answer(200, { cleared: faults.clearAll() }),
      },
    },
    {
      path: /^\/faults\/([^/]+)$/,
      methods: { DELETE: (_request, [id = ""]) => clear(faults, id) },
    },
  ];
  return (request) => dispatch(resources, request);
}

function dispatch(resources: readonly Resource[], request: ControlRequest): ControlAnswer {
  for (const { path, methods } of resources) {
    const [, ...parameters] = path.exec(request.path) ?? [];
    if (!path.test(request.path)) continue;
    const handler = ownField(methods, request.method);
    if (handler !== undefined) return handler(request, parameters);
    const allow = Object.keys(methods).join(", ");
    return {
      ...refuse(405, `${request.path} knows the methods ${allow}, and not ${request.method}.`),
      allow,
    };
  }
  return refuse(404, `There is nothing at ${request.path}. There are: ${PATHS}.`);
}

function injectKind(faults: Faults, target = "", kind = "", body: Json): ControlAnswer {
  if (body !== null && !isJsonObject(body)) {
    return refuse(400, `The body should be an object, but it is ${showWrongValue(body)}.`);
  }
  const read = readTarget(/^\d+$/.test(target) ? Number(target) : target);
  return read.ok ? inject(faults, read.value, { ...body, kind }) : refuse(404, read.failure);
}

function injectBody(faults: Faults, body: Json): ControlAnswer {
  if (!isJsonObject(body))
    return refuse(400, `The body should be an object, but it is ${showWrongValue(body)}.`);
  const unknown = Object.keys(body).find((name) => name !== "connection" && name !== "fault");
  if (unknown !== undefined) {
    return refuse(400, `The body has "connection" and "fault", and not ${showWrongValue(unknown)}.`);
  }
  const target = readTarget(body.connection);
  return target.ok ? inject(faults, target.value, body.fault ?? null) : refuse(400, target.failure);
}

function inject(faults: Faults, target: FaultTarget, json: Json): ControlAnswer {
  const fault = readFault(json);
  if (!fault.ok) return refuse(400, fault.failure);
  const injected = faults.inject(target, fault.value);
  if (!injected.ok) return refuse(400, injected.failure);
  return answer(injected.value.id === null ? 200 : 201, injected.value);
}

function readTarget(value: Json | undefined): Result<FaultTarget, string> {
  if (value === "all" || value === "next") return success(value);
  if (typeof value === "number" && Number.isSafeInteger(value)) return success(value);
  return failure(
    `A connection is the id of one, "all" or "next", but it is ${showWrongValue(value)}. GET /connections lists them.`,
  );
}

function clear(faults: Faults, id: string): ControlAnswer {
  // What is over by itself is no longer there to be cleared.
  const isListed = faults.list().some((fault) => String(fault.id) === id);
  if (isListed && faults.clear(Number(id))) return answer(200, { cleared: 1 });
  return refuse(404, `There is no fault ${showWrongValue(id)}: it was cleared, is over, or never was.`);
}

function showConnection({ id, transport, path, socketId, channels }: ConnectionView): Json {
  const topics = channels().map(({ topic, joinRef }) => ({ topic, join_ref: joinRef }));
  return { id, transport, path, socket_id: socketId, channels: topics };
}

function showFault({ id, target, fault, seen, acted }: FaultView): Json {
  return { id, connection: target, fault, seen, acted };
}

function answer(status: 200 | 201, body: Json): ControlAnswer {
  return { status, body };
}

function refuse(status: 400 | 404 | 405, error: string): ControlAnswer {
  return { status, body: { error } };
}
