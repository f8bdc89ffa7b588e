import { isObject } from "../bridge/guard";
import type { Environment, HostMessage } from "../bridge/host-message";
import { isPanelMessage } from "../bridge/panel-message";
import type { Port } from "../bridge/port";
import type { Settings } from "../bridge/settings";

/** What a panel asks of the background itself. */
export type PanelOrders = {
  readonly configure: (settings: Settings) => void;
  readonly allow: (site: string, tab: number) => void;
  readonly revoke: (site: string) => void;
};

/** The open panels, as far as they deal with the background; all else is between a panel and its tab's host. */
export type Panels = {
  /** Returns the port on which the tab's host answers the panel: what the background has to say goes there too. */
  readonly join: (port: Port, tab: number, isPrivate: boolean) => Port;
  /** The environment has changed: all panels are told. */
  readonly announce: () => void;
};

export function createPanels(
  environment: () => Omit<Environment, "isPrivate">,
  { configure, allow, revoke }: PanelOrders,
): Panels {
  const open = new Map<Port, () => void>();

  function obey(message: unknown, tab: number): void {
    if (!isPanelMessage(message)) return;
    if (message.kind === "configure") configure(message.settings);
    if (message.kind === "allow") allow(message.site, tab);
    if (message.kind === "revoke") revoke(message.site);
  }

  return {
    join(port, tab, isPrivate) {
      const tell = (): void => {
        const message: HostMessage = {
          kind: "environment",
          environment: { ...environment(), isPrivate },
        };
        port.post(message);
      };
      let isClosed = false;
      port.onMessage((message) => obey(message, tab));
      port.onClose(() => {
        isClosed = true;
        open.delete(port);
      });
      return {
        ...port,
        post(message) {
          port.post(message);
          // A panel listens for the rest once it knows that it is attached.
          if (isClosed || !isAttached(message)) return;
          open.set(port, tell);
          tell();
        },
      };
    },
    announce() {
      for (const tell of open.values()) tell();
    },
  };
}

function isAttached(message: unknown): boolean {
  return isObject(message) && message.kind === "attached";
}
