import { EVENT, TOPIC } from "../../wire/protocol";
import type { Payload, PushPayload } from "./payload";

/** What a client sent (wire.md 1.2), whatever serializer and transport carried it. */
export type Message = {
  readonly joinRef: string | null;
  readonly ref: string | null;
  readonly topic: string;
  readonly event: string;
  readonly payload: Payload;
};

/** What a server sends: a push, or the `phx_close` or `phx_error` of a channel, which alone have a ref. */
export type Push = {
  readonly kind: "push";
  readonly joinRef: string | null;
  readonly ref: string | null;
  readonly topic: string;
  readonly event: string;
  readonly payload: PushPayload;
};

export type Reply = {
  readonly kind: "reply";
  readonly joinRef: string | null;
  readonly ref: string | null;
  readonly topic: string;
  readonly status: string;
  readonly response: Payload;
};

/** To everyone on a topic, and so without refs. */
type TopicBroadcast = {
  readonly kind: "broadcast";
  readonly topic: string;
  readonly event: string;
  readonly payload: PushPayload;
};

export type OutgoingMessage = Push | Reply | TopicBroadcast;

/** Whether a client only asks for a sign of life, on whatever transport (wire.md 1.2). */
export function isHeartbeat({ topic, event }: Message): boolean {
  return topic === TOPIC.phoenix && event === EVENT.heartbeat;
}
