import type { JsonObject } from "../../wire/json";
import { failure, type Result, success } from "../../wire/result";
import { showWrongValue } from "../../wire/wrong-value";
import type { NoAssigns } from "../phoenix/assigns";
import { type Channel, type ChannelSocket, joined, reply } from "../phoenix/channel";
import { isObjectPayload, type Payload } from "../phoenix/payload";
import { BROKEN } from "./fault";
import type { Faults } from "./faults";
import { FAULT_KINDS, readFault } from "./read-fault";

/**
 * FOR DEVELOPMENT ONLY: lets a client damage its own connection, so that clients and tools can be tried
 * on what no healthy server sends. Whoever may join it can make the server send that client anything, so
 * an application never routes to it.
 *
 * | event | payload | does |
 * |---|---|---|
 * | `send_raw` | `{text}` | sends exactly this text as one frame |
 * | `close` | `{code}` | closes the connection with this code |
 * | `cut` | `{}` | breaks the connection: the client sees 1006 |
 * | the kind of a fault | its other fields | injects it (see `Fault`); the answer has its `id`, null if it is done already |
 * | `list` | `{}` | the answer has the connection's own `faults` |
 * | `clear` | `{}` or `{id}` | ends all of its own faults, or one; the answer says how many were `cleared` |
 *
 * What is wrong is answered with an error whose `reason` is a sentence. A stalled connection's own pushes are stalled too:
 * give it a time, or clear it over HTTP. Without `faults` the first three are there.
 */
export function createFaultsChannel(faults: Faults | null): Channel<NoAssigns> {
  return {
    join: (_payload, socket) => joined({ ...socket, assigns: {} }),
    handleIn: (event, payload, socket) => {
      const answer = handle(faults, event, payload, socket);
      return answer.ok
        ? reply(socket, "ok", answer.value)
        : reply(socket, "error", { reason: answer.failure });
    },
  };
}

/** The channel on a server that has no other faults. */
export const faultsChannel: Channel<NoAssigns> = createFaultsChannel(null);

type Answer = Result<JsonObject, string>;

function handle(faults: Faults | null, event: string, given: Payload, socket: ChannelSocket): Answer {
  const payload = isObjectPayload(given) ? given : {};
  switch (event) {
    case "send_raw":
      return sendRaw(payload, socket);
    case "close":
      return close(payload.code, socket);
    case "cut":
      return close(BROKEN, socket);
    default:
      return handleOwn(faults, event, payload, socket);
  }
}

function sendRaw({ text }: JsonObject, { transport }: ChannelSocket): Answer {
  if (typeof text !== "string")
    return failure(`The "text" should be a string, but it is ${showWrongValue(text)}.`);
  transport.send(text);
  return success({});
}

function close(code: JsonObject[string] | undefined, { transport }: ChannelSocket): Answer {
  const drop = readFault({ kind: "drop", ...(code === undefined ? {} : { code }) });
  if (!drop.ok) return drop;
  if (drop.value.kind !== "drop" || drop.value.code === BROKEN) transport.cut();
  else transport.close(drop.value.code);
  return success({});
}

function handleOwn(faults: Faults | null, event: string, payload: JsonObject, socket: ChannelSocket): Answer {
  const connection = faults?.connectionOf(socket.channel) ?? null;
  if (faults === null || connection === null) {
    return failure("This server has no faults but send_raw, close and cut.");
  }
  if (event === "list") {
    const own = faults.list().filter(({ target }) => target === connection || target === "all");
    return success({
      faults: own.map(({ id, fault, seen, acted }) => ({ id, kind: fault.kind, seen, acted })),
    });
  }
  if (event === "clear") return clear(faults, connection, payload.id);
  const events = ["send_raw", "close", "cut", "list", "clear", ...FAULT_KINDS];
  if (!events.includes(event))
    return failure(`There is no fault "${event}". There are: ${events.join(", ")}.`);
  const fault = readFault({ ...payload, kind: event });
  if (!fault.ok) return fault;
  const injected = faults.inject(connection, fault.value);
  return injected.ok ? success({ id: injected.value.id }) : injected;
}

function clear(faults: Faults, connection: number, id: JsonObject[string] | undefined): Answer {
  if (id === undefined) return success({ cleared: faults.clearAll(connection) });
  const isOwn = faults.list().some((fault) => fault.id === id && fault.target === connection);
  if (typeof id === "number" && isOwn && faults.clear(id)) return success({ cleared: 1 });
  return failure(`This connection has no fault ${showWrongValue(id)} of its own.`);
}
