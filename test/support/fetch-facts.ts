import type { FactsKit } from "./facts-kit";

/**
 * What a page can find out about `fetch`, as data: run in a page with and without the tap, the answers must be the
 * same. Travels to the page as text, so it stands alone. `url` is an echo server's long poll (`startEchoServer`).
 */
export async function observeFetch(
  url: string,
  kit: FactsKit,
  other: string,
): Promise<Record<string, unknown>> {
  const { descriptor, describe, settle, wait } = kit;
  const facts: Record<string, unknown> = {};

  facts.itself = describe(fetch);
  facts.descriptor = descriptor(globalThis, "fetch");
  const made = fetch(url);
  facts.promise = [
    Object.getPrototypeOf(made) === Promise.prototype,
    made.constructor === Promise,
    Reflect.ownKeys(made).length,
  ];
  const response = await made;
  facts.response = [
    response instanceof Response,
    Object.getPrototypeOf(response) === Response.prototype,
    Reflect.ownKeys(response).length,
    [response.status, response.ok, response.type, response.url, response.redirected, response.statusText],
    [response.bodyUsed, response.body?.locked, response.headers.get("content-type")],
  ];
  facts.read = [await response.text(), response.bodyUsed, await settle(() => response.text())];

  // What is refused.
  const say = (input?: unknown, init?: unknown): Promise<unknown> =>
    settle(async () => (await fetch(input as string, init as RequestInit)).status);
  facts.nothing = await settle(() => (fetch as unknown as () => Promise<Response>)());
  facts.foreign = await settle(() => Reflect.apply(fetch, {}, [url]));
  facts.unbound = await settle(async () => (await Reflect.apply(fetch, undefined, [url])).status);
  facts.badUrl = await say("http://[/longpoll");
  facts.credentials = await say(url.replace("//", "//user:secret@"));
  facts.badMethod = await say(url, { method: "BAD METHOD" });
  facts.bodyOfGet = await say(url, { body: "x" });
  facts.badMode = await say(url, { mode: "navigate" });
  facts.badInit = await say(url, 5);
  facts.badHeader = await say(url, { headers: { "bad name": "x" } });
  facts.nullInit = await say(url, null);
  facts.symbol = await say(Symbol("no"));
  facts.cut = await say(`${url}?cut`);
  facts.throwing = await settle(() => {
    const method = {
      toString: () => {
        throw new RangeError("the page's own");
      },
    };
    return fetch(url, { method } as unknown as RequestInit);
  });

  // What is read of the arguments, in which order and how often.
  const reads: string[] = [];
  const noting = <Value>(name: string, value: Value): Value => {
    reads.push(name);
    return value;
  };
  const spy = (name: string, value: unknown): PropertyDescriptor => ({
    enumerable: true,
    get: () => noting(name, value),
  });
  const init = Object.defineProperties(
    {},
    {
      method: spy("method", "POST"),
      headers: spy("headers", { "x-phoenix-longpoll-token": "tok" }),
      body: spy("body", "the body"),
      signal: spy("signal", new AbortController().signal),
    },
  );
  const input = { toString: () => noting("url", url) };
  facts.reads = [await (await fetch(input as unknown as string, init)).text(), reads];

  // What the server sees.
  const seen = async (target: RequestInfo | URL, asked?: RequestInit): Promise<unknown> =>
    settle(async () => (await fetch(target, asked)).text());
  const token = { "X-Phoenix-Longpoll-Token": "tok", "content-type": "application/x-ndjson" };
  const generated = function* (): Generator<[string, string]> {
    yield* Object.entries(token);
  };
  const form = new FormData();
  form.append("field", "value");
  const post = { method: "POST", body: "a body" };
  facts.headersObject = await seen(url, { ...post, headers: token });
  facts.headersPairs = await seen(url, { ...post, headers: Object.entries(token) });
  facts.headersHeaders = await seen(url, { ...post, headers: new Headers(token) });
  facts.headersOnce = await seen(url, { ...post, headers: generated() as unknown as HeadersInit });
  facts.lowerCase = await seen(url, { ...post, method: "post" });
  facts.patch = await seen(url, { ...post, method: "PATCH" });
  for (const body of ["", form, new Blob(["blob"]), new Uint8Array([65]), new URLSearchParams("a=b")]) {
    facts[`body ${Object.prototype.toString.call(body)}`] = await seen(url, { method: "POST", body });
  }
  facts.large = ((await seen(url, { method: "POST", body: "x".repeat(300_000) })) as string).length;
  facts.urlObject = await seen(new URL(url));
  facts.redirected = await seen(`${url}?redirect=${encodeURIComponent(url)}`, post);
  facts.redirectError = await seen(`${url}?redirect=${encodeURIComponent(url)}`, { redirect: "error" });
  facts.redirectManual = await settle(
    async () => (await fetch(`${url}?redirect=x`, { redirect: "manual" })).type,
  );
  facts.opaque = await settle(async () => (await fetch(other, { mode: "no-cors" })).type);
  facts.keepalive = await seen(url, { ...post, keepalive: true, cache: "no-store", credentials: "omit" });
  const stream = (): ReadableStream => new Blob(["streamed"]).stream();
  facts.streamed = await seen(url, { method: "POST", body: stream(), duplex: "half" } as RequestInit);

  // `Request` objects.
  const request = new Request(url, { ...post, headers: token });
  facts.request = [await seen(request), request.bodyUsed, await seen(request)];
  const changed = new Request(url, post);
  facts.requestChanged = [await seen(changed, { body: "another", headers: token }), changed.bodyUsed];
  const cloned = new Request(url, post);
  facts.requestCloned = [await seen(cloned.clone()), cloned.bodyUsed, await cloned.text()];

  // Reading the answer in other ways.
  const answered = async (): Promise<Response> => fetch(url);
  facts.json = await (await answered()).json();
  facts.bytes = (await (await answered()).arrayBuffer()).byteLength;
  facts.clone = await (async () => {
    const [one, two] = await answered().then((got) => [got, got.clone()] as const);
    return [await one.text(), await two.text()];
  })();
  facts.reader = await (async () => {
    const reader = (await answered()).body?.getReader();
    let length = 0;
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
      length += part.value.length;
    return length;
  })();
  facts.cancelled = await settle(async () => {
    const got = await fetch(`${url}?stall=200`);
    await got.body?.cancel("enough");
    await wait(300);
    return got.bodyUsed;
  });
  return facts;
}
