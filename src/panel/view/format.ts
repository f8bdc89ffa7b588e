/** Milliseconds since the session began as a clock: `0.821`, `12.345`, `3:02.345`. */
export function formatTime(t: number): string {
  const ms = Math.max(0, Math.round(t));
  const minutes = Math.floor(ms / 60_000);
  const seconds = ((ms % 60_000) / 1000).toFixed(3);
  return minutes === 0 ? seconds : `${minutes}:${seconds.padStart(6, "0")}`;
}

/** A length of time: `0.09 ms`, `3.1 ms`, `212 ms`, `1.2 s`, `3 min`. */
export function formatDuration(ms: number): string {
  if (ms < 1) return `${Number(ms.toFixed(2))} ms`;
  if (ms < 100) return `${Number(ms.toFixed(1))} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(1))} s`;
  return `${Math.round(ms / 60_000)} min`;
}

/** `56 B`, `1.2 kB`, `3.4 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

const MEBIBYTE = 1024 * 1024;

/** Room on a disk: `512 MiB`, `2 GiB`. */
export function formatRoom(bytes: number): string {
  const mebibytes = bytes / MEBIBYTE;
  return mebibytes < 1024 ? `${Math.round(mebibytes)} MiB` : `${Number((mebibytes / 1024).toFixed(1))} GiB`;
}

/** A store id as a path of names: `cart › lines › l1`. */
export function formatStoreId(storeId: readonly string[]): string {
  return storeId.join(" › ");
}

/** An endpoint without what every Phoenix endpoint has: `localhost:4000/socket`. */
export function formatEndpoint(endpoint: string): string {
  return endpoint.replace(/^(wss?|https?):\/\//, "").replace(/\/(websocket|longpoll)$/, "");
}
