import { at } from "../../src/cli/browser/outside-value";

export type LintResult =
  | { readonly kind: "read"; readonly problems: readonly string[] }
  | { readonly kind: "unreadable" };

/** Preact assigns `innerHTML` once, for `dangerouslySetInnerHTML`, which this project never uses. */
const ALLOWED = { code: "UNSAFE_VAR_ASSIGNMENT", file: /^assets\/preact-[\w-]+\.js$/ };

/** Reads what `web-ext lint --output json` says: its errors and warnings but for the one of Preact. */
export function readLint(text: string): LintResult {
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    return { kind: "unreadable" };
  }
  const errors = at(report, "errors");
  const warnings = at(report, "warnings");
  if (!Array.isArray(errors) || !Array.isArray(warnings)) return { kind: "unreadable" };
  const [, ...moreAllowed] = warnings.filter(isAllowed);
  const refused = [...errors, ...warnings.filter((warning) => !isAllowed(warning)), ...moreAllowed];
  return { kind: "read", problems: refused.map(describeFinding) };
}

function isAllowed(warning: unknown): boolean {
  const file = at(warning, "file");
  return at(warning, "code") === ALLOWED.code && typeof file === "string" && ALLOWED.file.test(file);
}

function describeFinding(finding: unknown): string {
  const [type, code, message, file, line] = ["_type", "code", "message", "file", "line"].map((key) =>
    at(finding, key),
  );
  return `${type} ${code}: ${message} (${file ?? "manifest.json"}:${line ?? "?"})`;
}
