import { assertNever } from "../../../wire/assert-never";
import type { JsonObject } from "../../../wire/json";
import { EVENT, REPLY_STATUS } from "../../../wire/protocol";
import { readCommand } from "../command";
import type { Page } from "../page/page";
import type { UploadAnswer } from "../page/upload-hub";
import { isFilled } from "./root-mount";

/** How long the real server's channel waits for its page before it crashes (wire.md 11). */
const PAGE_TIMEOUT_MS = 5_000;

/** What clients ask of a page, and the fields without which they are refused (wire.md 4, 9). */
const REQUIRED_FIELDS = {
  [EVENT.command]: ["name"],
  [EVENT.allowUpload]: ["name"],
  [EVENT.cancelUpload]: ["name", "ref"],
  [EVENT.uploadProgress]: ["name", "ref"],
  [EVENT.uploadError]: ["name", "ref"],
} as const;

export type PageEvent = keyof typeof REQUIRED_FIELDS;

export function isPageEvent(event: string): event is PageEvent {
  return Object.hasOwn(REQUIRED_FIELDS, event);
}

/** Whether a field is absent or empty, so that the message is refused as a whole. */
export function missesField(event: PageEvent, message: JsonObject): boolean {
  return REQUIRED_FIELDS[event].some((field) => !isFilled(message[field]));
}

/** Has a page answer. Rejects where it crashes, or takes longer than the real server waits. */
export function askPage(event: PageEvent, message: JsonObject, page: Page): Promise<UploadAnswer> {
  return withTimeout(runOnPage(event, message, page), event);
}

async function runOnPage(event: PageEvent, message: JsonObject, page: Page): Promise<UploadAnswer> {
  switch (event) {
    case EVENT.command: {
      const command = readCommand(message);
      if (command.ok) return { kind: "reply", ...(await page.command(command.value)) };
      return { kind: "reply", status: REPLY_STATUS.error, response: { reason: command.failure } };
    }
    case EVENT.allowUpload:
      return page.allowUpload(message);
    case EVENT.cancelUpload:
      return page.cancelUpload(message);
    case EVENT.uploadProgress:
      return page.uploadProgress(message);
    case EVENT.uploadError:
      return page.uploadError(message);
    default:
      return assertNever(event);
  }
}

function withTimeout(answer: Promise<UploadAnswer>, event: PageEvent): Promise<UploadAnswer> {
  return new Promise((resolve, reject) => {
    const message = `The page did not answer "${event}" within ${PAGE_TIMEOUT_MS} ms.`;
    const timer = setTimeout(() => reject(new Error(message)), PAGE_TIMEOUT_MS);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
