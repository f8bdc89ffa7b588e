import { vi } from "vitest";
import type { PollEvent } from "../../src/bridge/tap-message";

/**
 * Puts itself in the place of `fetch`, as the page's tap does, and records what phoenix.js asks of a long poll and is
 * answered. `vi.unstubAllGlobals` takes it away.
 */
export function recordPolls(record: (event: PollEvent) => void): void {
  const native = globalThis.fetch;
  let requests = 0;

  vi.stubGlobal("fetch", async (url: string, init: RequestInit = {}) => {
    const request = ++requests;
    const at = (): number => performance.timeOrigin + performance.now();
    const headers = new Headers(init.headers);
    record({
      type: "poll",
      at: at(),
      request,
      method: init.method ?? "GET",
      url,
      token: headers.get("x-phoenix-longpoll-token"),
      contentType: headers.get("content-type"),
      body: typeof init.body === "string" ? init.body : null,
    });
    const end = (fields: Pick<PollEvent & { type: "polled" }, "end" | "status" | "text">): void =>
      record({ type: "polled", at: at(), request, ...fields });
    try {
      const response = await native(url, init);
      const text = await response.clone().text();
      end({ end: "answered", status: response.status, text });
      return response;
    } catch (error) {
      const isAborted = error instanceof Error && error.name === "AbortError";
      end({ end: isAborted ? "aborted" : "failed", status: 0, text: null });
      throw error;
    }
  });
}
