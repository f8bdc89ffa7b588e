export type Theme = "light" | "dark";

/** The part of `devtools.panels` that tells the theme; each browser tells its changes in a way of its own. */
type ThemedPanels = {
  readonly themeName: string;
  readonly onThemeChanged?: { addListener(listener: (name: string) => void): void } | undefined;
  readonly setThemeChangeHandler?: ((handler: (name: string) => void) => void) | undefined;
};

/** Calls `apply` with the theme of DevTools now, and whenever it changes. */
export function followTheme(panels: ThemedPanels, apply: (theme: Theme) => void): void {
  const onName = (name: string): void => apply(name === "dark" ? "dark" : "light");
  onName(panels.themeName);
  if (panels.onThemeChanged !== undefined) panels.onThemeChanged.addListener(onName);
  else panels.setThemeChangeHandler?.(onName);
}
