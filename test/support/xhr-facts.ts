import type { FactsKit } from "./facts-kit";

/**
 * What a page can find out about `XMLHttpRequest`, as data: run in a page with and without the tap, the answers must be
 * the same. Travels to the page as text, so it stands alone. `url` is an echo server's long poll (`startEchoServer`).
 */
export async function observeXhr(url: string, kit: FactsKit): Promise<Record<string, unknown>> {
  const { attempt, descriptor, describe, once } = kit;
  const facts: Record<string, unknown> = {};
  const { prototype } = XMLHttpRequest;

  facts.constructorItself = describe(XMLHttpRequest);
  for (const key of ["open", "setRequestHeader", "send", "abort"] as const) {
    facts[key] = [describe(prototype[key]), prototype[key] === new XMLHttpRequest()[key]];
  }
  facts.descriptors = Reflect.ownKeys(prototype).map((key) => [String(key), descriptor(prototype, key)]);
  facts.globalDescriptor = descriptor(globalThis, "XMLHttpRequest");
  facts.chain = prototype.constructor === XMLHttpRequest;

  // What is refused.
  const opened = (): XMLHttpRequest => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    return request;
  };
  const call = (name: "open" | "setRequestHeader" | "send", receiver: unknown, ...args: unknown[]): unknown =>
    attempt(() => Reflect.apply(prototype[name], receiver, args));
  facts.foreign = [
    call("open", {}, "GET", url),
    call("open", null, "GET", url),
    call("send", {}),
    call("send", 1),
  ];
  facts.foreignHeader = call("setRequestHeader", {}, "a", "b");
  facts.tooFew = [
    call("open", new XMLHttpRequest()),
    call("open", new XMLHttpRequest(), url),
    call("setRequestHeader", opened(), "a"),
  ];
  for (const method of ["BAD METHOD", "CONNECT", "TRACE", "", "€"]) {
    facts[`method ${method}`] = call("open", new XMLHttpRequest(), method, url);
  }
  facts.badUrl = call("open", new XMLHttpRequest(), "GET", "http://[/longpoll");
  facts.symbol = call("open", new XMLHttpRequest(), "GET", Symbol("no"));
  facts.early = [
    call("send", new XMLHttpRequest()),
    call("setRequestHeader", new XMLHttpRequest(), "a", "b"),
  ];
  facts.badHeaders = [
    call("setRequestHeader", opened(), "bad name", "b"),
    call("setRequestHeader", opened(), "a", "€"),
    call("setRequestHeader", opened(), "content-type", "a\nb"),
    call("setRequestHeader", opened(), "host", "elsewhere"),
  ];
  facts.twice = attempt(() => {
    const request = opened();
    request.send();
    request.send();
  });
  facts.lateHeader = attempt(() => {
    const request = opened();
    request.send();
    request.setRequestHeader("content-type", "text/plain");
  });
  facts.returned = [call("open", new XMLHttpRequest(), "GET", url), call("send", opened())].map(
    (value) => typeof value,
  );

  // What is read of the arguments, and in which order.
  const reads: string[] = [];
  const noting = <Value>(name: string, value: Value): Value => {
    reads.push(name);
    return value;
  };
  const spy = (name: string, value: string): string =>
    ({ toString: () => noting(name, value) }) as unknown as string;
  const spied = new XMLHttpRequest();
  spied.open(spy("method", "POST"), spy("url", url));
  spied.setRequestHeader(spy("name", "x-phoenix-longpoll-token"), spy("value", "tok"));
  spied.send(spy("body", "the body"));
  await once(spied, "loadend");
  facts.reads = [reads, spied.responseText];
  facts.throwing = attempt(() => {
    const fail = (): never => {
      throw new RangeError("the page's own");
    };
    new XMLHttpRequest().open("GET", { toString: fail } as unknown as string);
  });

  // What is heard, and in which order, by listeners from before `open` too.
  const heard = async (method: string, target: string, body: string | null): Promise<unknown> => {
    const request = new XMLHttpRequest();
    const events: unknown[] = [];
    const note =
      (who: string) =>
      ({ type, isTrusted }: Event): void =>
        void events.push([who, type, isTrusted, request.readyState, request.status]);
    request.addEventListener("readystatechange", note("before"));
    request.open(method, target);
    for (const type of ["readystatechange", "loadstart", "load", "loadend", "error", "abort", "timeout"]) {
      request.addEventListener(type, note("listener"));
      request.addEventListener(type, { handleEvent: note("object") }, { once: true });
    }
    request.onreadystatechange = note("handler");
    request.addEventListener("readystatechange", (event) => event.stopImmediatePropagation());
    request.addEventListener("readystatechange", note("never"));
    request.send(body);
    await once(request, "loadend");
    return [events, request.status, request.statusText, request.responseText, request.responseURL];
  };
  facts.get = await heard("GET", url, null);
  facts.post = await heard("POST", `${url}?status=500`, "a body");
  facts.elsewhere = await heard("GET", url.replace("/longpoll", "/page"), null);
  facts.cut = await heard("GET", `${url}?cut`, null);

  // Kinds of answers.
  for (const type of ["", "text", "json", "arraybuffer", "blob", "document", "nonsense"]) {
    const request = opened();
    request.responseType = type as XMLHttpRequestResponseType;
    request.send();
    await once(request, "load");
    facts[`as ${type}`] = [
      request.responseType,
      Object.prototype.toString.call(request.response),
      attempt(() => request.responseText),
      attempt(() => String(request.responseXML)),
    ];
  }

  // Kinds of bodies, and the headers that the server sees.
  const form = new FormData();
  form.append("field", "value");
  const bodies: Record<string, XMLHttpRequestBodyInit | Document | null | undefined> = {
    ...{ text: "text", empty: "", nothing: null, missing: undefined, form },
    ...{ blob: new Blob(["blob"], { type: "text/x" }), buffer: new Uint8Array([65, 66]).buffer },
    ...{ view: new Uint8Array([65, 66]), params: new URLSearchParams("a=b") },
  };
  for (const [name, body] of Object.entries(bodies)) {
    const request = new XMLHttpRequest();
    request.open("post", url);
    request.setRequestHeader("X-Phoenix-Longpoll-Token", "one");
    request.setRequestHeader("x-phoenix-longpoll-token", "two");
    request.send(body);
    await once(request, "load");
    facts[`body ${name}`] = request.responseText;
  }
  return facts;
}
