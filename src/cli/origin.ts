/** Pages of browser extensions: they may look at whatever runs on this machine. */
const EXTENSION_SCHEMES: readonly string[] = ["chrome-extension:", "moz-extension:"];

/** The name, or the ending of the name, of hosts that only ever mean this machine or a test. */
const LOCAL_NAMES: readonly string[] = ["localhost", "test"];

/**
 * Whether a page of this origin (`http://localhost:4000`) may open the demo's socket: a page of this machine
 * (loopback addresses, `localhost` and `*.localhost`), of a test host (`*.test`) or of a browser extension. Every other
 * page of the web is kept away from a server that does what it is told.
 */
export function isLocalOrigin(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname } = new URL(origin);
  if (EXTENSION_SCHEMES.includes(protocol)) return true;
  if (protocol !== "http:" && protocol !== "https:") return false;
  return isLoopback(hostname) || isLocalName(hostname);
}

function isLoopback(hostname: string): boolean {
  // The URL parser has brought every way to write an address to these two.
  return hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function isLocalName(hostname: string): boolean {
  if (hostname === "localhost") return true;
  return LOCAL_NAMES.some((name) => hostname.endsWith(`.${name}`));
}
