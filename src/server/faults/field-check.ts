import { isJsonObject, type Json, type JsonObject, ownField } from "../../wire/json";
import { showWrongValue } from "../../wire/wrong-value";

/**
 * Looks at what stands in a field (undefined: nothing). Null where it is right, else what is wrong, to be put behind the
 * field's name: ` should be a string, but it is a number`.
 */
export type FieldCheck = (value: Json | undefined) => string | null;

/** A check for each field that an object may have. */
type FieldChecks = { readonly [field: string]: FieldCheck };

/** May be absent. */
export function optional(check: FieldCheck): FieldCheck {
  return (value) => (value === undefined ? null : check(value));
}

export function check(expected: string, isRight: (value: Json | undefined) => boolean): FieldCheck {
  return (value) => (isRight(value) ? null : ` should be ${expected}, but it is ${showWrongValue(value)}`);
}

export function wholeNumber(from: number, to: number): FieldCheck {
  return check(
    `a whole number from ${from} to ${to}`,
    (value) => typeof value === "number" && Number.isInteger(value) && value >= from && value <= to,
  );
}

export function oneOf(...words: readonly string[]): FieldCheck {
  const expected = words.map((word) => JSON.stringify(word)).join(" or ");
  return check(expected, (value) => typeof value === "string" && words.includes(value));
}

/** An object with these fields, and no others. */
export function objectOf(checks: FieldChecks): FieldCheck {
  return (value) => {
    if (!isJsonObject(value)) return ` should be an object, but it is ${showWrongValue(value)}`;
    const wrong = findWrongField(value, checks);
    return wrong === null ? null : `.${wrong}`;
  };
}

/** What is wrong with the first field that is not as it should be, beginning with its name; null where all are right. */
export function findWrongField(fields: JsonObject, checks: FieldChecks): string | null {
  const unknown = Object.keys(fields).find((name) => !Object.hasOwn(checks, name));
  if (unknown !== undefined) {
    const known = Object.keys(checks).join(", ");
    return `${unknown.slice(0, MAX_NAME)} is no field of it. Its fields are: ${known || "none"}`;
  }
  for (const [name, checkField] of Object.entries(checks)) {
    const wrong = checkField(ownField(fields, name));
    if (wrong !== null) return name + wrong;
  }
  return null;
}

/** Whoever sends it decides how long a wrong name is. */
const MAX_NAME = 100;
