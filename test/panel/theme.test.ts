import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { followTheme, type Theme } from "../../src/panel/theme";

type Block = { readonly selector: string; readonly colors: ReadonlyMap<string, string> };

/** The rules of a style sheet that give colours. */
function blocksOf(file: string): readonly Block[] {
  const css = readFileSync(new URL(`../../src/panel/view/${file}`, import.meta.url), "utf8");
  const rules = [...css.matchAll(/([^{}]*)\{([^{}]*)\}/g)].map(([, selector = "", body = ""]) => ({
    selector: selector.trim(),
    colors: new Map(
      [...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = "", hex = ""]) => [name, hex]),
    ),
  }));
  return rules.filter(({ colors }) => colors.size > 0);
}

const BLOCKS = blocksOf("theme.css");
const BACKGROUNDS = ["bg", "bg-bar", "bg-hover", "bg-selected", "bg-focus", "bg-flash"];
const TEXTS = ["text", "text-dim", "accent", "key", "string", "number", "good", "waiting", "bad"];
/** Texts that stand on a ground of their own. */
const PAIRS = [
  ["text", "bg-chip"],
  ["text-dim", "bg-chip"],
  ["waiting", "bg-chip"],
  ["badge", "bg-chip"],
  ["accent", "bg-chip"],
  ["bad", "bg-bad"],
  ["text", "bg-bad"],
  ["text-dim", "bg-bad"],
  ["text", "bg-past"],
  ["accent", "bg-past"],
] as const;

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, contrast ratio. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** The pairs that have less contrast than `least`. */
function faintIn(colors: ReadonlyMap<string, string>, least: number) {
  const color = (name: string): string => colors.get(name) ?? "#000000";
  const pairs = [...BACKGROUNDS.flatMap((ground) => TEXTS.map((text) => [text, ground] as const)), ...PAIRS];
  return pairs
    .map(([text, ground]) => ({ text, ground, ratio: contrast(color(text), color(ground)) }))
    .filter(({ ratio }) => ratio < least);
}

describe("the colours", () => {
  it("are given for light, for dark, and for dark by the system's choice", () => {
    expect(BLOCKS).toHaveLength(3);
    const [light, dark, system] = BLOCKS.map(({ colors }) => colors);
    expect(system).toEqual(dark);
    expect([...(light?.keys() ?? [])]).toEqual([...(dark?.keys() ?? [])]);
  });

  it.each(BLOCKS.slice(0, 2))("can be read: $selector", ({ colors }) => {
    expect(faintIn(colors, 4.5)).toEqual([]);
  });

  it("have more contrast where a person asks for it, lines too", () => {
    const strong = blocksOf("contrast.css");
    expect(strong).toHaveLength(3);
    expect(strong[2]?.colors).toEqual(strong[1]?.colors);
    for (const [place, { colors }] of strong.slice(0, 2).entries()) {
      const all = new Map([...(BLOCKS[place]?.colors ?? []), ...colors]);
      expect(faintIn(all, 7)).toEqual([]);
      expect(contrast(all.get("line") ?? "", all.get("bg") ?? "")).toBeGreaterThan(3);
    }
  });
});

describe("the theme of DevTools", () => {
  it("is followed as Firefox tells it", () => {
    const themes: Theme[] = [];
    const listeners: ((name: string) => void)[] = [];
    const onThemeChanged = { addListener: (listener: (name: string) => void) => listeners.push(listener) };
    followTheme({ themeName: "light", onThemeChanged }, (theme) => themes.push(theme));
    for (const listener of listeners) listener("dark");
    expect(themes).toEqual(["light", "dark"]);
  });

  it("is followed as Chrome tells it", () => {
    const themes: Theme[] = [];
    let handler = (_name: string): void => {};
    followTheme(
      {
        themeName: "dark",
        setThemeChangeHandler(next) {
          handler = next;
        },
      },
      (theme) => themes.push(theme),
    );
    handler("default");
    expect(themes).toEqual(["dark", "light"]);
  });
});
