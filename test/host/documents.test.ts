import { describe, expect, it } from "vitest";
import { createDocuments, MAX_DOCUMENTS, NO_DOCUMENTS } from "../../src/host/documents";
import { createPageEvents } from "../support/page-events";

const FRAME = "http://localhost/frame";

describe("the documents of a session", () => {
  it("have no time before its start, whichever of them is heard first", () => {
    const documents = createDocuments(NO_DOCUMENTS);
    const later = documents.source("iframe", FRAME).take(1, [createPageEvents(2_000).open()]);
    const earlier = documents.source("top", null).take(1, [createPageEvents(1_000).open()]);

    expect([...later, ...earlier].map(({ t }) => t)).toEqual([0, 0]);
  });

  it("go on where they stood when they are made anew from their state", () => {
    const documents = createDocuments(NO_DOCUMENTS);
    const events = createPageEvents(1_000);
    documents.source("top", null).take(1, [events.socket(5), events.open(5)]);
    documents.setTop("top");
    documents.source("iframe", FRAME).take(1, [events.socket(1)]);
    const again = createDocuments(JSON.parse(JSON.stringify(documents.state())));

    expect(again.first()).toBe("top");
    expect(again.top()).toBe("top");
    expect(again.held()).toEqual(
      new Map([
        ["top", 2],
        ["iframe", 1],
      ]),
    );
    const more = [events.open(5), events.in("x", 5), events.socket(6)];
    expect(again.source("top", null).take(2, more)).toEqual([
      { type: "in", t: 4, socket: 1, text: "x" },
      { type: "socket", t: 5, socket: 3, url: expect.any(String), transport: "websocket" },
    ]);
    expect(again.source("iframe", null).take(2, [events.socket(2)])).toMatchObject([{ frame: FRAME }]);
  });

  it("are so many at the most: first those go that have said nothing, and never the page itself", () => {
    const documents = createDocuments(NO_DOCUMENTS);
    documents.source("top", null);
    documents.setTop("top");
    documents.source("talker", FRAME).take(1, [createPageEvents().socket()]);
    for (let n = 0; n < MAX_DOCUMENTS; n++) documents.source(`iframe ${n}`, FRAME);

    expect(documents.held().size).toBe(MAX_DOCUMENTS);
    expect(documents.has("top")).toBe(true);
    expect(documents.has("talker")).toBe(true);
    expect(documents.has("iframe 0")).toBe(false);
    expect(documents.has("iframe 1")).toBe(false);
    expect(documents.has("iframe 2")).toBe(true);
  });
});
