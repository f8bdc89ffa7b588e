import type { Json, JsonObject } from "../wire/json";
import { EVENT } from "../wire/protocol";
import type { CommandFailure, CommandResult } from "./command-result";
import { failed, type SendOutcome, type UploadFault } from "./upload-entry";
import type { UploadSource } from "./upload-source";

/** What an uploader gets of the file that it is to bring somewhere else. */
export type ExternalUpload = {
  readonly source: UploadSource;
  readonly entry_ref: string;
  /** What the server's store says of where and how. */
  readonly meta: Json;
  /** Aborted when the file is cancelled or the root lost. */
  readonly signal: AbortSignal;
  /** Tells the server how far it has got: whole percents, 0 to 99; the last one comes with the end. */
  readonly progress: (percent: number) => void;
};

/**
 * Brings a file to where the server cannot see it come (wire.md 9, external mode). Resolves when all of it is there;
 * the message of what it rejects with is told to the server.
 */
export type Uploader = (upload: ExternalUpload) => Promise<void>;

type ExternalFile = {
  readonly uploader: Uploader | undefined;
  /** The uploader that the server asks for. */
  readonly uploaderName: string;
  readonly entry_ref: string;
  readonly meta: Json;
  readonly source: UploadSource;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: number) => void;
  /** Sends a message about this file to its store. */
  readonly push: (event: string, fields: JsonObject) => Promise<CommandResult>;
};

const WHOLE = 100;
const EXTERNAL_FAILED = "external_failed";

/** Has the uploader bring the file, and tells the server how it goes. Never rejects. */
export async function sendExternally(file: ExternalFile): Promise<SendOutcome> {
  const { uploader, uploaderName, entry_ref, meta, source, signal, push } = file;
  if (uploader === undefined) {
    return tellFailure(file, `The page has no uploader "${uploaderName}".`);
  }
  let last = 0;
  const progress = (percent: number): void => {
    const whole = Math.floor(Math.min(Math.max(percent, 0), WHOLE - 1));
    if (signal.aborted || Number.isNaN(whole) || whole === last) return;
    last = whole;
    file.onProgress(whole);
    void push(EVENT.uploadProgress, { ref: entry_ref, progress: whole });
  };
  try {
    await uploader({ source, entry_ref, meta, signal, progress });
  } catch (error) {
    if (signal.aborted) return { kind: "cancelled" };
    return tellFailure(file, error instanceof Error ? error.message : String(error));
  }
  if (signal.aborted) return { kind: "cancelled" };
  const told = await push(EVENT.uploadProgress, { ref: entry_ref, progress: WHOLE });
  return told.ok ? { kind: "success" } : { kind: "failed", error: describeFailure(told.failure) };
}

async function tellFailure(file: ExternalFile, message: string): Promise<SendOutcome> {
  await file.push(EVENT.uploadError, { ref: file.entry_ref, code: EXTERNAL_FAILED, message });
  return failed(EXTERNAL_FAILED, message);
}

/** A message about an upload that was not answered ok, as the fault of a file. */
export function describeFailure(failure: CommandFailure): UploadFault {
  if (failure.kind === "refused") return { code: failure.code ?? "refused", message: null };
  const message =
    failure.kind === "timeout"
      ? "The server did not answer in time."
      : "The root was lost before the answer.";
  return { code: failure.kind, message };
}
