import { describe, expect, it } from "vitest";
import type { OverviewView } from "../../src/bridge/view";
import { diagnose } from "../../src/panel/model/diagnosis";
import { connection, overview, root } from "../support/panel-views";

const page = (over: Partial<OverviewView>): OverviewView => ({ ...overview([]), ...over });
const channel = { topic: "room:lobby", state: "joined", kind: "plain" } as const;

describe("the diagnosis", () => {
  it.each([
    ["connecting", null],
    ["page_not_watched", page({ capture: { page: false, tap: false } })],
    ["no_tap", page({ capture: { page: true, tap: false } })],
    ["no_socket", page({})],
    ["no_channel", overview([connection(1)])],
    ["no_root", overview([connection(1, { channels: [channel] })])],
    [null, overview([connection(1, { channels: [channel], roots: [root("c1")] })])],
  ])("is %s for the first thing that is missing", (diagnosis, view) => {
    expect(diagnose("attached", view)).toBe(diagnosis);
  });

  it("goes by what was seen, not by who has reported", () => {
    const view = { ...overview([connection(1)]), capture: { page: false, tap: false } };
    expect(diagnose("attached", view)).toBe("no_channel");
  });
});
