import { siteOf } from "../../bridge/site";
import { type Diagnosis, type Findings, isOutside } from "./diagnosis";

/** What must be known of everything that is shown below it: one line each. */
export type Bar =
  /** The extension was reloaded or updated: nothing new will come. */
  | { readonly kind: "orphaned" }
  /** What is shown is over. */
  | { readonly kind: "past"; readonly name: string }
  /** The page has errors of the tap behind it, and is not captured any more. */
  | { readonly kind: "tap_off"; readonly reason: string | null }
  /** The tab is on a page that is not watched, and what is shown is another's. */
  | { readonly kind: "elsewhere"; readonly url: string; readonly remedy: Remedy | null }
  | { readonly kind: "storage"; readonly sentence: string }
  /** The host does not answer all that the panel asks for. */
  | { readonly kind: "refused" };

/** `reload`: the extension may run on the page, but does not. */
export type Remedy = { readonly kind: "allow"; readonly site: string } | { readonly kind: "reload" };

/**
 * What is not said already in the place of what is not there.
 * @param isRefused whether something that the panel asks for is not answered
 */
export function findBars(
  findings: Findings,
  diagnosis: Diagnosis | null,
  isRefused: boolean,
): readonly Bar[] {
  const { status, overview } = findings;
  if (overview === null) return [];
  const { capture, session } = overview;
  const bars: (Bar | null)[] = [status === "orphaned" && diagnosis === null ? { kind: "orphaned" } : null];
  if (session.isLive) {
    const isTold = diagnosis?.stop.kind === "tap_off";
    bars.push(capture.tap === "off" && !isTold ? { kind: "tap_off", reason: capture.why } : null);
    bars.push(findElsewhere(findings));
  } else {
    bars.push({ kind: "past", name: session.title || session.url || "" });
  }
  bars.push(capture.storage === null ? null : { kind: "storage", sentence: capture.storage });
  bars.push(isRefused ? { kind: "refused" } : null);
  return bars.filter((bar) => bar !== null);
}

function findElsewhere({ overview, environment, url }: Findings): Bar | null {
  if (overview === null || environment === null || url === null || overview.connections.length === 0)
    return null;
  const { capture, session } = overview;
  const site = siteOf(url);
  const isForbidden = isOutside(environment.sites, url);
  // A page that has not reported may be about to; one of another site than what is shown will not add to it.
  const isAnother = !capture.page && session.url !== null && siteOf(session.url) !== site;
  if (!isForbidden && !isAnother) return null;
  if (site === null) return { kind: "elsewhere", url, remedy: null };
  return { kind: "elsewhere", url, remedy: isForbidden ? { kind: "allow", site } : { kind: "reload" } };
}
