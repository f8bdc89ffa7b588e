import { describe, expect, it } from "vitest";
import { connectionOf, inspected } from "../../support/folding";
import { close, frames, open, page, socket, URL_V2 } from "../../support/frames";

const statusOf = (...events: Parameters<typeof inspected>[0]) => connectionOf(inspected(events)).status;
const chains = (...events: Parameters<typeof inspected>[0]) =>
  inspected(events).connections.map(({ sockets }) => sockets);

describe("a connection's status", () => {
  it.each([
    ["connecting before it has been open", [socket(1)], "connecting"],
    ["connected while it is open", [socket(1), open(1)], "connected"],
    ["reconnecting when a client would try again", [socket(1), open(1), close(1, 1006)], "reconnecting"],
    [
      "connecting where it never opened and tries again",
      [socket(1), close(1, 1006), socket(2)],
      "connecting",
    ],
    ["closed after 1000", [socket(1), open(1), close(1, 1000)], "closed"],
    ["closed after 1005", [socket(1), close(1, 1005)], "closed"],
    ["revived by a later transport", [socket(1), open(1), close(1, 1000), socket(2)], "reconnecting"],
    ["connected again", [socket(1), open(1), close(1, 1006), socket(2), open(2)], "connected"],
    ["closed when the page ended", [socket(1), open(1), page("unload")], "closed"],
    ["as it was while the page is hidden", [socket(1), open(1), page("hide"), page("show")], "connected"],
    [
      "closed for good, whatever its dead transport still says",
      [socket(1), close(1, 1000), open(1)],
      "closed",
    ],
  ] as const)("is %s", (_, events, status) => {
    expect(statusOf(...events)).toBe(status);
  });
});

describe("a new transport", () => {
  it("continues a connection whose newest transport has closed", () => {
    expect(chains(socket(1), close(1), socket(2), close(2), socket(3))).toEqual([[1, 2, 3]]);
  });

  it("starts a connection while the other one's is not closed", () => {
    expect(chains(socket(1), open(1), socket(2))).toEqual([[1], [2]]);
  });

  it("may fall back to long poll, and change the values of its query", () => {
    const fallback = socket(2, "http://localhost:4000/socket/longpoll?token=b&vsn=2.0.0");
    expect(chains(socket(1, `${URL_V2}&token=a`), close(1), fallback)).toEqual([[1, 2]]);
  });

  it.each([
    ["another path", socket(2, "ws://localhost:4000/other/websocket?vsn=2.0.0")],
    ["another security", socket(2, URL_V2.replace("ws:", "wss:"))],
    ["other query keys", socket(2, `${URL_V2}&token=a`)],
    ["another serializer", socket(2, URL_V2.replace("2.0.0", "1.0.0"))],
    ["another page frame", socket(2, URL_V2, { frame: "http://localhost:4000/frame" })],
  ])("starts a connection for %s", (_, event) => {
    expect(chains(socket(1), close(1), event)).toEqual([[1], [2]]);
  });

  it("continues the one with the identical URL first, then the oldest", () => {
    const [a, b, c] = [`${URL_V2}&u=a`, `${URL_V2}&u=b`, `${URL_V2}&u=c`];
    const both = [socket(1, a), socket(2, b), close(1), close(2)];
    expect(chains(...both, socket(3, b), socket(4, c))).toEqual([
      [1, 4],
      [2, 3],
    ]);
  });

  it("continues the oldest in whatever order they closed, and each only once", () => {
    const [a, b, c] = [`${URL_V2}&u=a`, `${URL_V2}&u=b`, `${URL_V2}&u=c`];
    const three = [socket(1, a), socket(2, b), socket(3, c), close(3), close(1), close(2)];
    const others = [4, 5, 6, 7].map((id) => socket(id, `${URL_V2}&u=${id}`));
    expect(chains(...three, ...others)).toEqual([[1, 4], [2, 5], [3, 6], [7]]);
  });

  // It takes a second; looking at all that were before, it took far more than the limit.
  it("costs the same however many connections and pages there were before", { timeout: 15_000 }, () => {
    const many = Array.from({ length: 30_000 }, (_, at) => [page("load"), socket(at), socket(at + 30_000)]);
    expect(inspected(many.flat()).connections).toHaveLength(60_000);
  });

  it("continues nothing of a page that ended, or that another one replaced", () => {
    expect(chains(socket(1), close(1), page("unload"), socket(2))).toEqual([[1], [2]]);
    expect(chains(page("load"), socket(1), close(1), page("load"), socket(2))).toEqual([[1], [2]]);
    expect(chains(page("load"), socket(1), close(1), page("hide"), page("show"), socket(2))).toEqual([
      [1, 2],
    ]);
  });

  it("gives the connection its own URL, transport and serializer", () => {
    const longpoll = {
      ...socket(2, "http://localhost:4000/socket/longpoll?vsn=2.0.0"),
      transport: "longpoll",
    } as const;
    expect(
      connectionOf(inspected([socket(1), close(1), longpoll as ReturnType<typeof socket>])),
    ).toMatchObject({
      endpoint: "http://localhost:4000/socket/longpoll",
      transport: "longpoll",
      serializer: "2.0.0",
    });
    expect(connectionOf(inspected([socket(1, "ws://localhost/socket/websocket")])).serializer).toBe("1.0.0");
  });

  it("with a number that is taken is reported and ignored", () => {
    const document = inspected([socket(1), socket(1, "ws://other/socket/websocket")]);
    expect(document.connections).toHaveLength(1);
    expect(document.problems).toMatchObject([{ seq: 2, code: "duplicate_socket" }]);
  });
});

describe("frames of a socket whose opening was not seen", () => {
  it("are reported once, and still decoded", () => {
    const events = frames`> join < ok > mount Shop.Cart c1`.slice(2);
    const document = inspected([...events, ...events]);
    expect(document.connections).toEqual([]);
    expect(document.problems).toMatchObject([{ seq: 1, code: "unknown_socket" }]);
  });
});
