/**
 * How the tap's private `MessagePort` gets from the page's world to the extension's isolated one (design.md, Trust):
 * by a synchronously dispatched event, before any script of the page runs. Either side may start first, so the tap
 * offers and the content script calls; whichever comes second meets a listener. The listeners are gone after that.
 */
const OFFER = "musubi-devtools:offer";
const CALL = "musubi-devtools:call";
const TAKEN = "musubi-devtools:taken";
const PRESENT = "musubi-devtools:present";

/** The tap's side: returns the tap's end at once; what is posted to it waits until the other end is taken. */
export function offerPort(target: EventTarget): MessagePort {
  const { port1, port2 } = new MessageChannel();
  const offer = (): boolean => {
    let isTaken = false;
    const onTaken = (): void => {
      isTaken = true;
    };
    target.addEventListener(TAKEN, onTaken);
    target.dispatchEvent(new MessageEvent(OFFER, { ports: [port2] }));
    target.removeEventListener(TAKEN, onTaken);
    return isTaken;
  };
  if (!offer()) {
    const onCall = (): void => {
      if (offer()) target.removeEventListener(CALL, onCall);
    };
    target.addEventListener(CALL, onCall);
  }
  return port1;
}

/** The content script's side: calls `taken` once, during this call or when the tap starts. */
export function takePort(target: EventTarget, taken: (port: MessagePort) => void): void {
  const onOffer = (event: Event): void => {
    const port = event instanceof MessageEvent ? event.ports[0] : undefined;
    if (port === undefined) return;
    target.removeEventListener(OFFER, onOffer);
    target.dispatchEvent(new Event(TAKEN));
    taken(port);
  };
  target.addEventListener(OFFER, onOffer);
  target.dispatchEvent(new Event(CALL));
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
