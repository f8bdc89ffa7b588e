import type { IncomingMessage } from "node:http";
import { type PostedFrame, readPollPost } from "../../../wire/long-poll";
import { describePollFault } from "../../../wire/poll-fault";
import { CONTENT_TYPE } from "../../../wire/protocol";
import { failure, type Result, success } from "../../../wire/result";

/** Why a post's body was not taken. `aborted`: the client went away, so that there is nobody to tell. */
type BodyFault =
  | { readonly kind: "too_large" | "bad"; readonly sentence: string }
  | { readonly kind: "aborted" };

/** The bytes of a request's body. Of one that is too large nothing is kept, and the rest is read past. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Result<Buffer, BodyFault>> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let isRefused = false;
    const refuse = () => {
      isRefused = true;
      chunks.length = 0;
      const sentence = `The post has more than ${maxBytes} bytes. Send fewer frames at once, or smaller ones.`;
      resolve(failure({ kind: "too_large", sentence }));
    };
    if (Number(request.headers["content-length"] ?? 0) > maxBytes) refuse();
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (isRefused) return;
      if (bytes > maxBytes) refuse();
      else chunks.push(chunk);
    });
    request.on("end", () => resolve(success(Buffer.concat(chunks))));
    request.on("error", () => resolve(failure({ kind: "aborted" })));
    request.on("close", () => resolve(failure({ kind: "aborted" })));
  });
}

/**
 * The frames of a post, as a socket takes them: texts, or the bytes of binary ones. Only NDJSON has lines; any other
 * content type is one text, as in the real server, because not every old client could name one.
 */
export function readFrames(
  body: Buffer,
  contentType: string | undefined,
): Result<readonly (string | Uint8Array)[], BodyFault> {
  const text = decodeText(body);
  if (text === null) return bad("The post is no UTF-8 text.");
  const isLines = contentType?.split(";", 1)[0]?.trim().toLowerCase() === CONTENT_TYPE.ndjson;
  const posted = readPollPost(text, isLines ? CONTENT_TYPE.ndjson : CONTENT_TYPE.json);
  if (!posted.ok) return bad(describePollFault(posted.failure));
  const frames: (string | Uint8Array)[] = [];
  for (const [at, frame] of posted.value.entries()) {
    const data = decodeFrame(frame);
    if (data === null) return bad(`Frame ${at} of the post is neither a frame's text nor base64.`);
    frames.push(data);
  }
  return success(frames);
}

function decodeFrame(frame: PostedFrame): string | Uint8Array | null {
  if ("text" in frame) return frame.text;
  const bytes = Buffer.from(frame.base64, "base64");
  // Node reads past what is no base64.
  return bytes.toString("base64") === frame.base64 ? bytes : null;
}

function decodeText(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function bad(sentence: string): Result<never, BodyFault> {
  return failure({ kind: "bad", sentence });
}
