import type { FactsKit } from "./facts-kit";

/**
 * What a page can find out that aborts, reuses and waits for requests, as `observeXhr` does of the rest. `other` is the
 * same long poll under another origin. Travels to the page as text, so it stands alone.
 */
export async function observeXhrUse(
  url: string,
  kit: FactsKit,
  other: string,
): Promise<Record<string, unknown>> {
  const { attempt, once, wait } = kit;
  const facts: Record<string, unknown> = {};

  const watch = (request: XMLHttpRequest): unknown[] => {
    const events: unknown[] = [];
    for (const type of ["readystatechange", "loadstart", "load", "loadend", "error", "abort", "timeout"]) {
      request.addEventListener(type, () => {
        const event = `${type} ${request.readyState} ${request.status}`;
        // In how many parts an answer comes is the network's affair.
        if (events.at(-1) !== event) events.push(event);
      });
    }
    return events;
  };
  const state = (request: XMLHttpRequest, events: unknown[]): unknown => [
    events,
    request.readyState,
    request.status,
    request.responseText,
  ];

  // Aborts, in each state.
  const abortedAt = async (readyState: number): Promise<unknown> => {
    const request = new XMLHttpRequest();
    const events = watch(request);
    request.open("GET", `${url}?stall=150`);
    if (readyState === 1) request.abort();
    request.addEventListener("readystatechange", () => {
      if (request.readyState === readyState) request.abort();
    });
    attempt(() => request.send());
    if (readyState === 0) request.abort();
    if (readyState === 2 || readyState === 3) await once(request, "loadend");
    else await wait(800);
    // What is left of an answer afterwards depends, in Firefox, on when the page aborts and on who has read it.
    return events;
  };
  for (const readyState of [0, 1, 2, 3, 4]) facts[`aborted at ${readyState}`] = await abortedAt(readyState);

  // Time-outs, and the network.
  const ending = async (target: string, timeout: number): Promise<unknown> => {
    const request = new XMLHttpRequest();
    const events = watch(request);
    request.open("GET", target);
    request.timeout = timeout;
    request.send();
    await once(request, "loadend");
    return state(request, events);
  };
  facts.timeout = await ending(`${url}?delay=3000`, 50);
  facts.timeoutOfBody = await ending(`${url}?stall=4000`, 1000);
  facts.network = await ending(`${url}?cut`, 0);
  facts.refused = await ending("http://127.0.0.1:1/longpoll", 0);

  // Requests that block.
  const blocking = (method: string, target: string, body?: string): unknown => {
    const request = new XMLHttpRequest();
    const events = watch(request);
    request.open(method, target, false);
    const thrown = attempt(() => request.send(body));
    return [thrown, state(request, events)];
  };
  facts.blocking = blocking("GET", url);
  facts.blockingPost = blocking("POST", url, "a body");
  facts.blockingFailure = blocking("GET", "http://127.0.0.1:1/longpoll");

  // One object for several requests.
  const reused = new XMLHttpRequest();
  const events = watch(reused);
  for (const [method, target] of [
    ["POST", url],
    ["GET", url.replace("/longpoll", "/page")],
    ["GET", url],
  ] as const) {
    reused.open(method, target);
    reused.send("again");
    await once(reused, "load");
  }
  reused.open("GET", `${url}?delay=100`);
  reused.send();
  reused.open("GET", url);
  const openedAgain = reused.readyState;
  reused.send();
  await once(reused, "load");
  facts.reused = [openedAgain, state(reused, events)];
  facts.inHandler = await new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let rounds = 0;
    request.onload = () => {
      if (++rounds === 3) return resolve(request.responseText);
      request.open("POST", url);
      request.send(`round ${rounds}`);
    };
    request.open("GET", url);
    request.send();
  });

  // `upload` stays as it was: where it has a listener the browser asks the server first.
  const methodsSeen = async (id: string, prepare: (request: XMLHttpRequest) => void): Promise<unknown> => {
    const request = new XMLHttpRequest();
    request.open("POST", `${other}?id=${id}`);
    prepare(request);
    request.send("simple");
    await once(request, "loadend");
    const asking = new XMLHttpRequest();
    asking.open("GET", `${other}?seen=${id}`);
    asking.send();
    await once(asking, "load");
    return [request.status, asking.responseText];
  };
  const run = Math.random();
  facts.simple = await methodsSeen(`simple${run}`, () => undefined);
  facts.withUpload = await methodsSeen(`upload${run}`, ({ upload }) => {
    upload.onprogress = () => undefined;
  });
  facts.withToken = await methodsSeen(`token${run}`, (request) =>
    request.setRequestHeader("X-Phoenix-Longpoll-Token", "t"),
  );

  // Subclasses, and what a page only pretends.
  class Derived extends XMLHttpRequest {
    override open(method: string, target: string): void {
      super.open(method, `${target}?status=202`);
    }
  }
  const derived = new Derived();
  derived.open("GET", url);
  derived.send();
  await once(derived, "load");
  facts.derived = [derived instanceof Derived, derived.constructor === Derived, derived.status];
  facts.pretended = attempt(() => {
    const request = new XMLHttpRequest();
    const seen = watch(request);
    request.open("GET", url);
    request.dispatchEvent(new Event("readystatechange"));
    request.dispatchEvent(new ProgressEvent("load"));
    return state(request, seen);
  });
  return facts;
}
