import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

/** What an upgrade that is refused is answered with. */
export type HttpAnswer = {
  readonly status: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
};

/** What a header can neither begin with, nor hold: it would end it. */
const LINE_BREAKS = /[\r\n]+/g;

/**
 * Answers an upgrade request with plain HTTP, and ends its connection, on both sides: a client that does not close its own
 * would keep it.
 */
export function refuseUpgrade(stream: Duplex, { status, headers = {}, body = "" }: HttpAnswer): void {
  const all = { ...headers, connection: "close", "content-length": String(Buffer.byteLength(body)) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value.replace(LINE_BREAKS, " ")}\r\n`);
  stream.once("finish", () => stream.destroy());
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Refused"}\r\n${lines.join("")}\r\n${body}`);
}
