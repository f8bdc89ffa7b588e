import { isJsonArray, type Json } from "../wire/json";

/** How much may still be sent, in characters; whoever sends less than there is says so. */
export type Room = { chars: number; isCut: boolean };

/** What a bracket, a comma or a number takes. */
const TOKEN_CHARS = 8;

/** A value as far as there is room for it: of a long text, list or object its beginning. */
export function showValue(value: Json, room: Room): Json {
  room.chars -= TOKEN_CHARS;
  if (typeof value === "string") return showText(value, room);
  if (typeof value !== "object" || value === null) return value;
  return isJsonArray(value) ? showItems(value, room) : showFields(Object.entries(value), room);
}

function showText(text: string, room: Room): string {
  const most = Math.max(room.chars, 0);
  room.chars -= text.length;
  if (text.length <= most) return text;
  room.isCut = true;
  return `${text.slice(0, most)}…`;
}

function showItems(items: readonly Json[], room: Room): Json {
  const shown: Json[] = [];
  for (const item of items) {
    if (isFull(room)) break;
    shown.push(showValue(item, room));
  }
  return shown;
}

function showFields(fields: readonly (readonly [string, Json])[], room: Room): Json {
  const shown: [string, Json][] = [];
  for (const [key, field] of fields) {
    if (isFull(room)) break;
    room.chars -= key.length;
    shown.push([key, showValue(field, room)]);
  }
  return Object.fromEntries(shown);
}

function isFull(room: Room): boolean {
  if (room.chars > 0) return false;
  room.isCut = true;
  return true;
}
