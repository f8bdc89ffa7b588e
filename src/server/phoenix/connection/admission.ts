import type { IncomingMessage } from "node:http";
import type { JsonObject } from "../../../wire/json";
import { boundLog } from "../../log";
import type { ConnectInfo } from "../connect-info";
import type { EndpointHandle } from "../endpoint-handle";
import { parseQuery } from "../http/query";
import { describeRequest, splitTarget } from "../http/request-info";
import { readSession } from "../http/session-cookie";
import type { CompleteSocket } from "../mounted-socket";
import { findSerializer, type Serializer } from "../serializers/serializer";
import type { Socket } from "../socket";
import type { Transport } from "../transport";
import type { Admission, ClientLink, TransportHost } from "../transport-kind";
import type { WrapTransport } from "../wrapped-transport";
import { Connection } from "./connection";
import type { Connections } from "./connections";
import { createLateTransport, type LateTransport } from "./late-transport";
import { askConnect, askId } from "./socket-callbacks";

/** How many lines one client may cause in the log. */
const MAX_LOG_LINES = 50;

type AdmissionOptions = {
  readonly mounted: CompleteSocket;
  readonly endpoint: EndpointHandle;
  readonly connections: Connections;
  readonly wrapTransport: WrapTransport | null;
};

/** Who was let in, and with what. */
type Admitted = {
  readonly socket: Socket;
  readonly link: LateTransport;
  readonly params: JsonObject;
};

/** Lets clients in over one kind of transport, or refuses them, as `TransportHost.admit` says. */
export function createAdmit(options: AdmissionOptions, transportName: string): TransportHost["admit"] {
  const { mounted, endpoint } = options;
  return async (request, { authToken = null } = {}): Promise<Admission> => {
    const params = parseQuery(splitTarget(request).query);
    const serializer = findSerializer(mounted.serializers, params.vsn);
    if (serializer === null) return { kind: "refused", by: "server", reason: "unsupported_vsn" };
    const link = createLateTransport(transportName);
    const socket = unconnected(mounted, endpoint, link.transport, serializer);
    const info = connectInfo(options, request, authToken);
    const answer = await askConnect(mounted.socket, params, socket, info);
    if (answer.kind === "refused") {
      return { kind: "refused", by: "connect", reason: answer.reason ?? null };
    }
    const id = askId(mounted.socket, answer.socket);
    if (!id.ok) {
      endpoint.log(`A client of ${mounted.path} was refused: ${id.failure}.`);
      return { kind: "refused", by: "server", reason: "invalid_id" };
    }
    const admitted = { socket: { ...answer.socket, id: id.value }, link, params };
    return { kind: "admitted", open: (transport) => open(options, admitted, transport) };
  };
}

function unconnected(
  mounted: CompleteSocket,
  endpoint: EndpointHandle,
  transport: Transport,
  serializer: Serializer,
): Socket {
  return {
    assigns: {},
    id: null,
    topic: null,
    joined: false,
    joinRef: null,
    ref: null,
    transport,
    serializer,
    endpoint,
    pubsub: endpoint.pubsub,
    handler: mounted.socket,
    channel: null,
    private: {},
  };
}

function connectInfo(
  { mounted: { session, authToken: takesToken }, endpoint }: AdmissionOptions,
  request: IncomingMessage,
  authToken: string | null,
): ConnectInfo {
  const { secret, now } = endpoint;
  return {
    ...describeRequest(request),
    authToken: takesToken ? authToken : null,
    session: session === null ? null : readSession(secret, session, request.headers.cookie, now()),
  };
}

/** Makes the connection behind a link that is there now. */
function open(
  options: AdmissionOptions,
  { socket, link, params }: Admitted,
  transport: Transport,
): ClientLink {
  const { mounted, endpoint, connections, wrapTransport } = options;
  const id = connections.nextId();
  const about = { id, path: mounted.path, transport: transport.name, socketId: socket.id, params };
  const wrapped = wrapTransport?.(transport, about) ?? null;
  link.bind(wrapped?.transport ?? transport);
  const log = boundLog(endpoint.log, `Connection ${id} of ${mounted.path}`, MAX_LOG_LINES);
  const { maxChannels } = mounted;
  const connection = new Connection({ socket, routes: mounted.socket.routes, maxChannels, log });
  const forget = connections.add(connection, { ...about, transport: socket.transport });
  return {
    log,
    pending: () => connection.pending(),
    receive: async (data) => {
      if (wrapped === null) return connection.receive(data);
      const handedOn: Promise<void>[] = [];
      wrapped.receive(data, (passed) => handedOn.push(connection.receive(passed)));
      await Promise.all(handedOn);
    },
    closed: () => {
      forget();
      connection.closed();
    },
  };
}
