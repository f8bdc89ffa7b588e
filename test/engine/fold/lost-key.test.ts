import { describe, expect, it } from "vitest";
import { MAX_DIVERGENCES } from "../../../src/engine/fold/divergence";
import { folded } from "../../support/folding";
import { frames } from "../../support/frames";

describe("keys that the client loses (observed.md)", () => {
  const text = "> join < ok > mount Shop.Cart c1 < ok < v1 {data: {}}";
  const lost = (more: string) =>
    folded(frames(Object.assign([`${text} ${more}`], { raw: [`${text} ${more}`] }))).connections[0]?.roots[0]
      ?.divergences;
  const key = (to_seq: number | null = null) => [
    { kind: "lost_key", path: "/data/__proto__", from_seq: 8, to_seq },
  ];

  it("are those that an operation leads through", () => {
    expect(lost("< v2 +/data/__proto__=5")).toEqual(key());
    expect(lost("< v2 +/data/__proto__=5 < v3 /data/__proto__=6")).toEqual(key());
  });

  it("are not those inside of values, nor those that are taken out", () => {
    expect(lost('< v2 /data={"__proto__": 5}')).toEqual([]);
    expect(lost("< v2 -/data/__proto__")).toEqual([]);
    expect(lost("< v2 +/data/my__proto__key=5")).toEqual([]);
  });

  it("are lost no longer when the server takes them out, or what is around them", () => {
    expect(lost("< v2 +/data/__proto__=5 < v3 -/data/__proto__")).toEqual(key(9));
    expect(lost("< v2 +/data/__proto__=5 < v3 /data={}")).toEqual(key(9));
    expect(lost("< v2 +/data/__proto__=5 < v3 /other=1")).toEqual(key());
    expect(lost("< v2 +/data/__proto__=5 > mount Shop.Cart c1 < ok < v1 {data: {}}")).toEqual(key(11));
  });

  it("are remembered up to a cap", () => {
    const ops = Array.from(
      { length: MAX_DIVERGENCES + 5 },
      (_, at) => ` +/d${at}=${"{}"} +/d${at}/__proto__=1`,
    );
    expect(lost(`< v2${ops.join("")}`)).toHaveLength(MAX_DIVERGENCES);
  });
});
