/** The names by which a program on this machine reaches this machine. */
const LOOPBACK = String.raw`(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?`;
const HOST = new RegExp(`^${LOOPBACK}$`, "i");
const ORIGIN = new RegExp(`^https?://${LOOPBACK}$`, "i");

/**
 * Why a request from this machine may still come from a stranger, as a sentence; null where it does not. A web page of
 * anywhere can make the browser send requests to this machine: they carry the page's origin, or, where the page's own name
 * was made to mean this machine, that name as the host.
 */
export function findStranger(host: string | undefined, origin: string | undefined): string | null {
  if (host === undefined || !HOST.test(host)) {
    return "The Host of the request is not this machine. Use localhost, 127.0.0.1 or [::1].";
  }
  if (origin !== undefined && !ORIGIN.test(origin)) {
    return "A page that is not of this machine may not ask for faults.";
  }
  return null;
}
