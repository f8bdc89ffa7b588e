/**
 * The beginning of any value as text that reads like JSON, for a person. What a page forged may be cyclic, huge, deep
 * or of a kind that JSON does not know: only as much of it is visited as is shown, and nothing in it throws.
 */
export function sketch(value: unknown, maxChars: number): string {
  return write(value, maxChars).slice(0, maxChars);
}

function write(value: unknown, room: number): string {
  if (room <= 0) return "…";
  if (typeof value === "string") return JSON.stringify(value.slice(0, room));
  if (typeof value !== "object" || value === null) return String(value).slice(0, room);
  return Array.isArray(value) ? writeItems(value, room) : writeFields(value, room);
}

function writeItems(items: readonly unknown[], room: number): string {
  let text = "";
  for (let at = 0; at < items.length && text.length < room; at++) {
    text += `${at === 0 ? "" : ","}${write(items[at], room - text.length - 2)}`;
  }
  return `[${text}]`;
}

/** Reads own fields one by one: a list of all keys would cost what the value costs. */
function writeFields(value: object, room: number): string {
  let text = "";
  for (const key in value) {
    if (text.length >= room) break;
    const field: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
    const name = JSON.stringify(key.slice(0, room));
    text += `${text === "" ? "" : ","}${name}:${write(field, room - text.length - name.length - 2)}`;
  }
  return `{${text}}`;
}
