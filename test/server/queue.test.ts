import { expect, it } from "vitest";
import { createQueue } from "../../src/server/queue";

it("jobs run one after another, in their order, whatever becomes of one", async () => {
  const queue = createQueue();
  const done: string[] = [];
  const slow = queue.run(async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    done.push("slow");
    return 1;
  });
  const failing = queue.run(() => {
    done.push("failing");
    throw new Error("this one fails");
  });
  const last = queue.run(() => done.push("last"));
  await expect(failing).rejects.toThrow("this one fails");
  expect(await slow).toBe(1);
  await last;
  expect(done).toEqual(["slow", "failing", "last"]);
});
