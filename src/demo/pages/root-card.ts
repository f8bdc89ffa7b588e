import type { MusubiClient, Root } from "../../client/client";
import type { RootSnapshot } from "../../client/root-session";
import { find, onClick, show } from "./element";
import { describeFailure } from "./failure";
import type { ReplyLog } from "./reply-log";
import type { Payload, RootSpec } from "./use-root";

/** Sends a command to a store of the card's root, and logs what came of it. */
export type SendCommand = (storeId: readonly string[], name: string, payload?: Payload) => Promise<void>;

export type RootCard = {
  readonly send: SendCommand;
  /** What is mounted now; null while nothing is. */
  readonly root: () => Root | null;
};

/** One root and the part of the page that shows it: mounts it, follows it, mounts and unmounts it on demand. */
export function bindRootCard(
  card: HTMLElement,
  client: MusubiClient,
  spec: RootSpec,
  log: ReplyLog,
  showState: (state: RootSnapshot["state"]) => void,
): RootCard {
  let root: Root | null = null;
  const toggle = find(card, '[data-action="toggle-mount"]', HTMLButtonElement);

  function showSnapshot({ status, version, state }: RootSnapshot): void {
    showStatus(card, status);
    show(card, "version", String(version));
    show(card, "state", JSON.stringify(state, null, 2));
    find(card, "[data-controls]", HTMLFieldSetElement).disabled = status !== "mounted";
    showState(state);
  }

  async function mount(): Promise<void> {
    showStatus(card, "mounting");
    // A second click would mount it twice, and one unmount would not be enough.
    toggle.disabled = true;
    const mounted = await client.mount(spec);
    toggle.disabled = false;
    if (!mounted.ok) {
      showStatus(card, "failed");
      toggle.textContent = "Mount";
      return log("error", `mount ${spec.module}`, describeFailure(mounted.failure));
    }
    root = mounted.value;
    toggle.textContent = "Unmount";
    root.subscribe(showSnapshot);
    showSnapshot(root.snapshot());
  }

  async function unmount(mounted: Root): Promise<void> {
    root = null;
    toggle.textContent = "Mount";
    await mounted.unmount();
  }

  async function send(storeId: readonly string[], name: string, payload: Payload = {}): Promise<void> {
    if (root === null) return log("error", name, `${spec.module} is not mounted`);
    const result = await root.command(storeId, name, payload);
    if (result.ok) log("ok", name, JSON.stringify(result.value));
    else log("error", name, describeFailure(result.failure));
  }

  onClick(card, '[data-action="toggle-mount"]', () => void (root === null ? mount() : unmount(root)));
  void mount();
  return { send, root: () => root };
}

function showStatus(card: HTMLElement, status: string): void {
  const chip = find(card, '[data-show="status"]', HTMLElement);
  chip.textContent = status;
  chip.dataset.status = status;
}
