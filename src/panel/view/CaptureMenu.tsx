import { useId } from "preact/hooks";
import type { Environment } from "../../bridge/host-message";
import { MAX_JOURNAL_BYTES, MIN_JOURNAL_BYTES } from "../../bridge/settings";
import { describeSite, LOCAL_SITES } from "../../bridge/site";
import { isOneSite } from "../model/allowed-site";
import type { Capture } from "../model/capture";
import { safeString } from "../model/safe-text";
import { say } from "../text/say";
import { formatRoom } from "./format";
import { Icon } from "./Icon";
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
        aria-label={say("settings")}
        title={say("settings")}
        popovertarget={id}
      >
        <Icon name="settings" />
      </button>
      <div id={id} popover="auto" class="menu" role="dialog" aria-label={say("settings")} data-menu>
        <PreserveLog capture={capture} />
        <p class="dim">{say("settings_preserve_why")}</p>
        <JournalLimit capture={capture} environment={environment} />
        <h2>{say("settings_sites")}</h2>
        <Sites capture={capture} environment={environment} />
      </div>
    </>
  );
}

/** Whether the journal goes on over navigations, as in the browser's own network panel. */
export function PreserveLog({ capture }: { readonly capture: Capture }) {
  return (
    <label class="check" title={say("settings_preserve_why")}>
      <input
        type="checkbox"
        data-action="preserve"
        checked={capture.environment.value?.settings.preserveLog ?? false}
        onChange={(event) => capture.configure({ preserveLog: event.currentTarget.checked })}
      />
      {say("settings_preserve")}
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
      <h2>{say("settings_journal")}</h2>
      <label class="check">
        {say("settings_journal_limit")}
        <select
          data-action="journal-limit"
          value={String(present)}
          onChange={(event) => capture.configure({ maxJournalBytes: Number(event.currentTarget.value) })}
        >
          {limits.map((bytes) => (
            <option key={bytes} value={String(bytes)}>
              {formatRoom(bytes)}
            </option>
          ))}
        </select>
      </label>
      <p class="dim">{say(environment.isPrivate ? "capture_private_why" : "settings_journal_why")}</p>
    </>
  );
}

function Sites({ capture, environment }: MenuProps) {
  return (
    <ul class="sites">
      {LOCAL_SITES.map((site) => (
        <li key={site} data-site={site}>
          <span class="site">{describeSite(site).replace("*://", "")}</span>
          <span class="dim">{say("settings_sites_local")}</span>
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
              aria-label={safeString(say("settings_revoke_site", describeSite(site)))}
              onClick={() => capture.revoke(site)}
            >
              {say("settings_revoke")}
            </button>
          ) : (
            <span class="dim">
              {say(isOneSite(site) ? "settings_sites_unrevoked" : "settings_sites_browser")}
            </span>
          )}
        </li>
      ))}
      {environment.sites.length === 0 && <li class="dim">{say("settings_sites_none")}</li>}
    </ul>
  );
}
