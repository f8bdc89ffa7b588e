import { computed, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Environment } from "../../bridge/host-message";
import type { Settings } from "../../bridge/settings";
import type { OverviewView } from "../../bridge/view";
import { effectUntil } from "./lifetime";
import type { Link } from "./link";
import type { PageAccess } from "./page-access";

/** What a person decides about the capture: what is kept, on which sites, and which session is shown. */
export type Capture = {
  /** Null until the background has told it. */
  readonly environment: ReadonlySignal<Environment | null>;
  /** Where the page is; null: not known. */
  readonly url: ReadonlySignal<string | null>;
  /** The browser asks for a site over this panel; false: a page of the extension opens for it. */
  readonly asksHere: boolean;
  readonly configure: (change: Partial<Settings>) => void;
  /** Must be called in a click: browsers ask for a site only then. */
  readonly allow: (site: string) => void;
  readonly revoke: (site: string) => void;
  readonly reload: () => void;
  /** Shows a session that is over; null: the one that goes on. */
  readonly show: (session: string | null) => void;
};

export function createCapture(
  link: Link,
  overview: ReadonlySignal<OverviewView | null>,
  access: PageAccess,
  lifetime: AbortSignal,
): Capture {
  /** What was chosen here, until the background says what has become of it. */
  const wanted = signal<{ readonly before: Environment; readonly settings: Settings } | null>(null);
  const environment = computed(() => {
    const told = link.environment.value;
    return told !== null && wanted.value?.before === told
      ? { ...told, settings: wanted.value.settings }
      : told;
  });
  const forget = followShown(link, overview, lifetime);

  return {
    ...{ environment, url: access.url, asksHere: access.request !== null, reload: access.reload },
    configure(change) {
      const before = link.environment.peek();
      const present = environment.peek();
      if (before === null || present === null) return;
      const settings = { ...present.settings, ...change };
      wanted.value = { before, settings };
      link.say({ kind: "configure", settings });
    },
    allow(site) {
      const askElsewhere = (): void => link.say({ kind: "allow", site });
      if (access.request === null) askElsewhere();
      else access.request(site).catch(askElsewhere);
    },
    revoke: (site) => link.say({ kind: "revoke", site }),
    show(session) {
      forget();
      link.show(session);
    },
  };
}

/**
 * A session that was chosen may go on again (its page came back), or be let go: then the panel follows the live one as
 * before. Returns a function that forgets what was shown so far, for a new choice.
 */
function followShown(
  link: Link,
  overview: ReadonlySignal<OverviewView | null>,
  lifetime: AbortSignal,
): () => void {
  let wasPast = false;
  effectUntil(lifetime, () => {
    const session = overview.value?.session;
    if (session === undefined) return;
    if (session.isLive && wasPast) untracked(() => link.show(null));
    wasPast = !session.isLive;
  });
  return () => {
    wasPast = false;
  };
}
