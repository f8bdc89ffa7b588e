import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";

const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  [".css", "text/css; charset=utf-8"],
  [".html", "text/html; charset=utf-8"],
  [".ico", "image/x-icon"],
  [".js", "text/javascript; charset=utf-8"],
  [".json", "application/json; charset=utf-8"],
  [".map", "application/json; charset=utf-8"],
  [".mjs", "text/javascript; charset=utf-8"],
  [".png", "image/png"],
  [".svg", "image/svg+xml; charset=utf-8"],
  [".txt", "text/plain; charset=utf-8"],
  [".wasm", "application/wasm"],
  [".woff2", "font/woff2"],
]);

const OTHER_CONTENT_TYPE = "application/octet-stream";

/**
 * Answers GET and HEAD with the files under `folder`; a path that ends in `/` means its `index.html`.
 * Nothing outside the folder is ever named: a path that leads out of it is answered as one that is not there.
 */
export function serveFolder(
  folder: string,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const root = resolve(folder);
  return async (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      return answer(response, 405, "Only GET and HEAD are answered here.");
    }
    const path = findPath(root, request.url ?? "/");
    const size = path === null ? null : await fileSize(path);
    if (path === null || size === null) return answer(response, 404, missingMessage(request.url, root));
    response.writeHead(200, {
      "content-type": CONTENT_TYPES.get(extname(path).toLowerCase()) ?? OTHER_CONTENT_TYPE,
      "content-length": size,
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
    });
    if (request.method === "HEAD") response.end();
    // A client that goes away in the middle ends the pipeline, and that is all there is to do.
    else await pipeline(createReadStream(path), response).catch(() => response.destroy());
  };
}

/** The file that a request's target names, within `root`; null where it names none. */
function findPath(root: string, target: string): string | null {
  const [encoded = ""] = target.split(/[?#]/, 1);
  const decoded = decodePath(encoded);
  if (decoded === null || decoded.includes("\0") || decoded.includes("\\")) return null;
  const path = join(root, decoded.endsWith("/") ? `${decoded}index.html` : decoded);
  return path.startsWith(root.endsWith(sep) ? root : root + sep) ? path : null;
}

function decodePath(encoded: string): string | null {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

async function fileSize(path: string): Promise<number | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : null;
  } catch {
    return null;
  }
}

function missingMessage(target: string | undefined, root: string): string {
  return `There is no file for ${target ?? "/"} in ${root}. If the demo is not built yet, run "npm run build".`;
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "x-content-type-options": "nosniff",
  });
  response.end(`${text}\n`);
}
