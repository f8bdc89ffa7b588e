import type { FactsKit } from "./facts-kit";

/**
 * What a page can find out that aborts what it fetches, and leaves rejections to themselves, as `observeFetch` does of
 * the rest. Travels to the page as text, so it stands alone.
 */
export async function observeFetchEnding(url: string, kit: FactsKit): Promise<Record<string, unknown>> {
  const { settle, wait } = kit;
  const facts: Record<string, unknown> = {};

  // Aborts: the very reason that the page gave.
  const reason = { mine: true };
  const rejection = async (run: () => Promise<unknown>): Promise<unknown> =>
    run().then(
      () => "no rejection",
      (error: unknown) => error,
    );
  const aborted = new AbortController();
  aborted.abort(reason);
  facts.before = (await rejection(() => fetch(url, { signal: aborted.signal }))) === reason;
  const during = async (given: unknown, query: string): Promise<unknown> => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(given), 60);
    const error = await rejection(() => fetch(`${url}?${query}`, { signal: controller.signal }));
    return [error === given, error === controller.signal.reason, await settle(() => Promise.reject(error))];
  };
  facts.during = await during(reason, "delay=3000");
  facts.duringPlain = await during(undefined, "delay=3000");
  facts.requestSignal = await (async () => {
    const controller = new AbortController();
    const request = new Request(`${url}?delay=3000`, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 60);
    return (await rejection(() => fetch(request))) === reason;
  })();
  facts.timeout = await settle(() => fetch(`${url}?delay=3000`, { signal: AbortSignal.timeout(50) }));
  facts.inBody = await (async () => {
    const controller = new AbortController();
    const response = await fetch(`${url}?stall=3000`, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 60);
    return (await rejection(() => response.text())) === reason;
  })();
  facts.listeners = await (async () => {
    const controller = new AbortController();
    const order: string[] = [];
    controller.signal.addEventListener("abort", () => order.push("signal"));
    const failing = rejection(() => fetch(`${url}?delay=3000`, { signal: controller.signal }));
    void failing.then(() => order.push("rejected"));
    controller.abort();
    order.push("after");
    await failing;
    await wait(0);
    return order;
  })();

  // Rejections that nobody handles are reported, once, with the promise that the page has; others are not.
  const unhandled = async (run: () => Promise<unknown>, isReported: boolean): Promise<unknown> => {
    const reported: unknown[] = [];
    let promise: Promise<unknown> | undefined;
    const report = (event: PromiseRejectionEvent): void => {
      event.preventDefault();
      reported.push([event.promise === promise, String(event.reason)]);
    };
    globalThis.addEventListener("unhandledrejection", report);
    promise = run();
    if (!isReported) promise.catch(() => undefined);
    while (isReported && reported.length === 0) await wait(10);
    await wait(200);
    globalThis.removeEventListener("unhandledrejection", report);
    return reported;
  };
  const failing = (): Promise<unknown> => fetch(`${url}?cut`);
  facts.unhandled = await unhandled(failing, true);
  facts.handled = await unhandled(failing, false);
  facts.unhandledAbort = await unhandled(() => fetch(url, { signal: aborted.signal }), true);
  facts.unhandledBadUrl = await unhandled(() => fetch("http://[/longpoll"), true);
  facts.answered = await unhandled(() => fetch(url), false);

  // What the page replaces still works, and is not used.
  const counting = async (object: object, key: string): Promise<unknown> => {
    const native = Object.getOwnPropertyDescriptor(object, key) ?? {};
    const { apply } = Reflect;
    let uses = 0;
    const use = function (this: unknown, ...args: unknown[]): unknown {
      uses++;
      return apply(native.value ?? native.get, this, args);
    };
    Object.defineProperty(object, key, { ...native, ...(native.get ? { get: use } : { value: use }) });
    const promise = fetch(url, { method: "POST", body: "x", headers: { "content-type": "text/plain" } });
    const used = uses;
    await wait(100);
    const later = uses;
    Object.defineProperty(object, key, native);
    return [used, later, (await promise).status];
  };
  facts.clone = await counting(Response.prototype, "clone");
  facts.text = await counting(Response.prototype, "text");
  facts.status = await counting(Response.prototype, "status");
  facts.requestClone = await counting(Request.prototype, "clone");
  facts.requestUrl = await counting(Request.prototype, "url");
  facts.header = await counting(Headers.prototype, "get");
  facts.reactions = await counting(Promise.prototype, "then");
  return facts;
}
