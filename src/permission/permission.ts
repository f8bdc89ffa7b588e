// A page of the extension in a tab of its own, for one question: panels in Firefox, and the toolbar, cannot ask it.
import browser from "webextension-polyfill";
import { readPermissionRequest } from "../bridge/permission-request";
import { isAllowed } from "./is-allowed";
import { noticeFor, type Progress } from "./notice";

const { site, tab } = readPermissionRequest(location.search);
const heading = document.getElementById("heading");
const text = document.getElementById("text");
const allow = document.getElementById("allow");
const back = document.getElementById("back");

let progress: Progress = "impossible";

function show(next: Progress): void {
  progress = next;
  const notice = noticeFor(progress, site);
  if (heading !== null) heading.textContent = notice.heading;
  if (text !== null) text.textContent = notice.text;
  if (back !== null) back.textContent = notice.back;
  if (allow === null) return;
  allow.hidden = notice.allow === null;
  allow.textContent = notice.allow;
  // The button that had the focus may be gone.
  if (allow.hidden) back?.focus();
  else allow.focus();
}

/** A browser that does not say is asked. */
async function isKnownAsAllowed(asked: string): Promise<boolean> {
  return isAllowed(asked, browser.permissions).catch(() => false);
}

/** It must be asked within the click: the browser asks nobody otherwise. */
function ask(): void {
  if (site === null) return;
  browser.permissions.request({ origins: [site] }).then(
    (isGranted) => show(isGranted ? "allowed" : "refused"),
    () => show("failed"),
  );
}

async function goBack(): Promise<void> {
  // The tab may have been closed: then there is nothing to go back to.
  if (tab !== null) await showTab(tab, noticeFor(progress, site).reloads).catch(() => undefined);
  const own = await browser.tabs.getCurrent();
  if (own?.id !== undefined) await browser.tabs.remove(own.id);
}

async function showTab(id: number, isReload: boolean): Promise<void> {
  const { windowId } = await browser.tabs.update(id, { active: true });
  if (isReload) await browser.tabs.reload(id);
  if (windowId !== undefined) await browser.windows.update(windowId, { focused: true });
}

allow?.addEventListener("click", ask);
back?.addEventListener("click", () => void goBack());
show(site === null ? "impossible" : (await isKnownAsAllowed(site)) ? "allowed" : "asking");
