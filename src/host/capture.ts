import type { PageStatus } from "../bridge/page-message";
import type { CaptureView } from "../bridge/view";

/** How far the capture of the tab's page has come, over all of its documents. */
export type Capture = {
  /** A document of the page has reported. */
  readonly note: (document: string, status: PageStatus) => void;
  /** A document is gone. */
  readonly forget: (document: string) => void;
  /** Another page is in the tab. */
  readonly clear: () => void;
  readonly view: () => Omit<CaptureView, "storage">;
  /** What a document says that it is titled; null where it says nothing. */
  readonly titleOf: (document: string) => string | null;
};

export function createCapture(): Capture {
  const statuses = new Map<string, PageStatus>();
  return {
    note: (document, status) => statuses.set(document, status),
    forget: (document) => statuses.delete(document),
    clear: () => statuses.clear(),
    titleOf: (document) => statuses.get(document)?.title || null,
    view() {
      const all = [...statuses.values()];
      // What one tap does not record any more is missing, whatever the others do.
      const off = all.find(({ tap }) => tap === "off");
      const isActive = all.some(({ tap }) => tap === "active");
      return {
        page: all.length > 0,
        tap: off !== undefined ? "off" : isActive ? "active" : "none",
        why: off?.why ?? null,
        otherSockets: all.some(({ otherSockets }) => otherSockets),
      };
    },
  };
}
