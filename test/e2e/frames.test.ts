import { expect, it } from "vitest";
import { PATIENCE_MS, type PanelHandle } from "../../src/cli/browser/driver";
import { describeInBrowsers } from "../support/browser";
import { inPanel } from "../support/panel-words";

describeInBrowsers("the frames of the demo page", (stage) => {
  it("are listed as they come, filtered, and shown in full with their reply", async () => {
    const page = await stage.driver.openPage(stage.demo);
    const panel = await page.openPanel();
    const person = inPanel(panel);
    await person.showTab("frames");
    await person.sees("[data-view=frames] [role=row]", "phx_join");
    await page.click('[data-command="fail"]');
    await person.sees("[data-view=frames] [role=row]", "asked to fail");

    await person.type("[data-action=filter]", '"name":"fail"');
    await expect.poll(() => rowTexts(panel), { timeout: PATIENCE_MS }).toHaveLength(1);
    await person.click("[data-view=frames] [role=row][data-seq]");
    await person.sees("[data-detail=event]", "fail");
    await person.click("[data-detail=event] [data-pair]");
    await person.sees("[data-detail=event]", "asked to fail");
    await page.close();
  });

  it("that make no sense are problems, and everything after them still works", async () => {
    const page = await stage.driver.openPage(stage.demo);
    const panel = await page.openPanel();
    const person = inPanel(panel);
    const counter = "Demo.CounterStore:main";
    await person.chooseStore(counter, []);
    await person.seesState({ "/count": "0" });

    for (const fault of ["unknown_store", "bad_frame", "bad_envelope", "wrong_path"]) {
      await page.click(`[data-fault="${fault}"]`);
      // The page's own client may remount after what it was sent.
      await page.click('[data-root="Demo.CounterStore"] fieldset:enabled [data-command="increment"]');
    }
    await person.showTab("problems");
    await person.sees("[data-view=problems] [data-code=refused]", "unknown store");
    await person.sees("[data-view=problems] [data-code=bad_frame]", "JSON");
    await person.sees("[data-view=problems] [data-code=bad_envelope]", "base_version");
    await person.sees("[data-view=problems] [data-code=patch_failed]", "/no/such/place");
    await person.click("[data-view=problems] [data-code=bad_frame]");
    await person.sees("[data-raw]", "this is no frame");

    await page.click('[data-fault="version_gap"]');
    await person.showTab("problems");
    await person.sees("[data-view=problems] [data-code=version_gap]", "version");
    await person.showTab("stores");
    await page.click('[data-root="Demo.CounterStore"] fieldset:enabled [data-command="increment"]');
    await expect
      .poll(async () => {
        const count = await page.evaluate(() => document.querySelector('[data-show="count"]')?.textContent);
        await person.seesState({ "/count": String(count) });
        return count;
      })
      .not.toBe("0");
    await page.close();
  });
});

function rowTexts(panel: PanelHandle): Promise<readonly string[]> {
  return panel.evaluate(() =>
    [...document.querySelectorAll("[data-view=frames] [role=row][data-seq]")].map(
      (row) => row.textContent ?? "",
    ),
  );
}
