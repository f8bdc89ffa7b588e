import { bare } from "./bare";
import type { TapMessage } from "./tap-message";

/**
 * How the tap's private `MessagePort` gets from the page's world to the extension's isolated one (design.md, Trust):
 * by a synchronously dispatched event, before any script of the page runs. Either side may start first, so the tap
 * offers and the content script calls; whichever comes second meets a listener. The listeners are gone after that.
 *
 * What a port carries arrives as a task of its own, too late when the page goes. For that moment there is a way to ask
 * and be answered synchronously: by events on the content script's end of the port. Both worlds hold that object and
 * the page's scripts never do, so none of them can listen, ask or answer.
 */
const OFFER = "musubi-devtools:offer";
const CALL = "musubi-devtools:call";
const TAKEN = "musubi-devtools:taken";
const PRESENT = "musubi-devtools:present";
const FLUSH = "flush";
const FLUSHED = "flushed";

/** The tap's side of the way. */
export type TapEnd = {
  /** What is posted to it waits until the other end is taken. */
  readonly port: MessagePort;
  /** Calls `listener` whenever the content script asks for what may not have arrived. */
  readonly onFlush: (listener: () => readonly TapMessage[]) => void;
};

/** The content script's side of the way. */
export type ContentEnd = {
  readonly port: MessagePort;
  /** Asks the tap, and returns what it answered during this call: `TapMessage`s, each to be checked. */
  readonly flush: () => readonly unknown[];
};

// Taken now: the page's world may replace it before it is asked to flush.
const Message = MessageEvent;

/** The tap's side: returns the tap's end at once. */
export function offerPort(target: EventTarget): TapEnd {
  const { port1, port2 } = new MessageChannel();
  // Taken now, for the same reason.
  const dispatch = port2.dispatchEvent.bind(port2);
  const offer = (): void => {
    target.dispatchEvent(new Message(OFFER, { ports: [port2] }));
  };
  target.addEventListener(CALL, offer);
  target.addEventListener(TAKEN, () => target.removeEventListener(CALL, offer), { once: true });
  offer();
  return {
    port: port1,
    onFlush(listener) {
      port2.addEventListener(FLUSH, () => {
        dispatch(new Message(FLUSHED, bare({ data: listener() })));
      });
    },
  };
}

/** The content script's side: calls `taken` once, during this call or when the tap starts. */
export function takePort(target: EventTarget, taken: (end: ContentEnd) => void): void {
  const onOffer = (event: Event): void => {
    const port = event instanceof MessageEvent ? event.ports[0] : undefined;
    if (port === undefined) return;
    target.removeEventListener(OFFER, onOffer);
    target.dispatchEvent(new Event(TAKEN));
    taken({ port, flush: () => flush(port) });
  };
  target.addEventListener(OFFER, onOffer);
  target.dispatchEvent(new Event(CALL));
}

function flush(port: MessagePort): readonly unknown[] {
  let answer: unknown = [];
  const onFlushed = (event: Event): void => {
    if (event instanceof MessageEvent) answer = event.data;
  };
  port.addEventListener(FLUSHED, onFlushed);
  port.dispatchEvent(new Event(FLUSH));
  port.removeEventListener(FLUSHED, onFlushed);
  // Where it comes as it is, its lists inherit nothing, and in Firefox each look goes through a wrapper.
  const copy: unknown = structuredClone(answer);
  return Array.isArray(copy) ? copy : [copy];
}

/**
 * Claims the document for one tap. Returns false if an earlier tap holds it: Firefox runs content scripts again in
 * open pages when the extension is installed anew, and a second tap must not wrap what the first has wrapped.
 */
export function claimDocument(target: EventTarget): boolean {
  if (!target.dispatchEvent(new Event(PRESENT, { cancelable: true }))) return false;
  target.addEventListener(PRESENT, (event) => event.preventDefault());
  return true;
}
