import { useId } from "preact/hooks";
import type { Environment } from "../../bridge/panel-message";
import { MAX_JOURNAL_BYTES, MIN_JOURNAL_BYTES } from "../../bridge/settings";
import { describeSite, LOCAL_SITES } from "../../bridge/site";
import { isOneSite } from "../model/allowed-site";
import type { Capture } from "../model/capture";
import { safeString } from "../model/safe-text";
import { say } from "../text/say";
import { CAPTURE_TEXT } from "./capture-text";
import { SafeText } from "./SafeText";

/** A button, and what it opens: what is kept, and on which sites the extension runs. */
export function CaptureMenu({ capture }: { readonly capture: Capture }) {
  const id = useId();
  const environment = capture.environment.value;
  if (environment === null) return null;
  return (
    <>
      <button
        type="button"
        class="icon-button"
        data-action="settings"
        aria-label={CAPTURE_TEXT.settings}
        title={CAPTURE_TEXT.settings}
        popovertarget={id}
      >
        <Gear />
      </button>
      <div id={id} popover="auto" class="menu" role="dialog" aria-label={CAPTURE_TEXT.settings} data-menu>
        <PreserveLog capture={capture} />
        <p class="dim">{CAPTURE_TEXT.preserveWhy}.</p>
        <JournalLimit capture={capture} environment={environment} />
        <h2>{CAPTURE_TEXT.sites}</h2>
        <Sites capture={capture} environment={environment} />
      </div>
    </>
  );
}

/** Whether the journal goes on over navigations, as in the browser's own network panel. */
export function PreserveLog({ capture }: { readonly capture: Capture }) {
  return (
    <label class="check" title={CAPTURE_TEXT.preserveWhy}>
      <input
        type="checkbox"
        data-action="preserve"
        checked={capture.environment.value?.settings.preserveLog ?? false}
        onChange={(event) => capture.configure({ preserveLog: event.currentTarget.checked })}
      />
      {CAPTURE_TEXT.preserve}
    </label>
  );
}

type MenuProps = { readonly capture: Capture; readonly environment: Environment };

const MEBIBYTE = 1024 * 1024;
const LIMITS: readonly number[] = [128, 256, 512, 1024, 2048].map((mebibytes) => mebibytes * MEBIBYTE);

function JournalLimit({ capture, environment }: MenuProps) {
  const present = environment.settings.maxJournalBytes;
  const limits = [...new Set([...LIMITS, present])]
    .filter((bytes) => bytes >= MIN_JOURNAL_BYTES && bytes <= MAX_JOURNAL_BYTES)
    .sort((a, b) => a - b);
  return (
    <>
      <h2>{CAPTURE_TEXT.journal}</h2>
      <label class="check">
        {CAPTURE_TEXT.journalLimit}
        <select
          data-action="journal-limit"
          value={String(present)}
          onChange={(event) => capture.configure({ maxJournalBytes: Number(event.currentTarget.value) })}
        >
          {limits.map((bytes) => (
            <option key={bytes} value={String(bytes)}>
              {CAPTURE_TEXT.journalSize(bytes)}
            </option>
          ))}
        </select>
      </label>
      <p class="dim">{environment.isPrivate ? CAPTURE_TEXT.privateWhy : CAPTURE_TEXT.journalWhy}</p>
    </>
  );
}

function Sites({ capture, environment }: MenuProps) {
  return (
    <ul class="sites">
      {LOCAL_SITES.map((site) => (
        <li key={site} data-site={site}>
          <span class="site">{describeSite(site).replace("*://", "")}</span>
          <span class="dim">{CAPTURE_TEXT.localSites}</span>
        </li>
      ))}
      {environment.sites.map((site) => (
        <li key={site} data-site={site}>
          <span class="site" title={safeString(describeSite(site))}>
            <SafeText text={describeSite(site)} />
          </span>
          {isOneSite(site) && !environment.unrevoked.includes(site) ? (
            <button
              type="button"
              class="button"
              data-action="revoke"
              aria-label={safeString(CAPTURE_TEXT.revokeSite(describeSite(site)))}
              onClick={() => capture.revoke(site)}
            >
              {CAPTURE_TEXT.revoke}
            </button>
          ) : (
            <span class="dim">
              {isOneSite(site) ? say("capture_unrevoked") : CAPTURE_TEXT.revokeInBrowser}
            </span>
          )}
        </li>
      ))}
      {environment.sites.length === 0 && <li class="dim">{CAPTURE_TEXT.noSites}</li>}
    </ul>
  );
}

function Gear() {
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <circle cx="8" cy="8" r="4.1" fill="none" stroke="currentColor" stroke-width="1.6" />
      <circle
        cx="8"
        cy="8"
        r="6.3"
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-dasharray="2.47 2.478"
      />
    </svg>
  );
}
