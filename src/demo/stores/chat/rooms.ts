export type Message = {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  /** ISO 8601. */
  readonly at: string;
  readonly edited: boolean;
};

/** What happened in a room, as it is told to everyone who is in it. */
export type RoomEvent =
  | { readonly kind: "came" | "nudged"; readonly name: string }
  | { readonly kind: "said"; readonly message: Message; readonly count: number }
  /** `index` is the message's place among the ones that are kept, from the oldest on. */
  | { readonly kind: "edited"; readonly message: Message; readonly index: number }
  | { readonly kind: "removed"; readonly id: string };

/** Tells apart what a room told from any other message to a store. */
export class RoomNews {
  readonly event: RoomEvent;

  constructor(event: RoomEvent) {
    this.event = event;
  }
}

export type RoomAnswer =
  | { readonly kind: "done"; readonly event: RoomEvent }
  | { readonly kind: "no"; readonly reason: string };

/** What was said, room by room. */
export type Rooms = {
  /** The last messages, oldest first, and how many have been said in all. */
  readonly read: (room: string) => { readonly messages: readonly Message[]; readonly count: number };
  readonly say: (room: string, name: string, text: string) => RoomAnswer;
  /** Only who said it may change it. */
  readonly edit: (room: string, name: string, id: string, text: string) => RoomAnswer;
  readonly remove: (room: string, name: string, id: string) => RoomAnswer;
};

/** A room keeps this many messages; so do the lists of its visitors. */
export const MAX_MESSAGES = 50;
const MAX_ROOMS = 100;
const MAX_TEXT = 500;

type Room = { messages: readonly Message[]; count: number };

/** The rooms of a server that has just been started. `now` gives the present as an ISO date. */
export function createRooms(now: () => string): Rooms {
  const rooms = new Map<string, Room>();

  function enter(name: string): Room {
    const present = rooms.get(name);
    if (present !== undefined) return present;
    const [oldest] = rooms.keys();
    if (rooms.size >= MAX_ROOMS && oldest !== undefined) rooms.delete(oldest);
    const fresh: Room = { messages: [], count: 0 };
    rooms.set(name, fresh);
    return fresh;
  }

  function own(room: Room, name: string, id: string): Message | string {
    const message = room.messages.find((candidate) => candidate.id === id);
    if (message === undefined) return "there is no such message";
    return message.name === name ? message : "unauthorized";
  }

  return {
    read: (name) => enter(name),
    say: (place, name, text) => {
      const said = readText(text);
      if (said === null) return NO_TEXT;
      const room = enter(place);
      room.count += 1;
      const message: Message = { id: `m${room.count}`, name, text: said, at: now(), edited: false };
      room.messages = [...room.messages, message].slice(-MAX_MESSAGES);
      return done({ kind: "said", message, count: room.count });
    },
    edit: (place, name, id, text) => {
      const said = readText(text);
      if (said === null) return NO_TEXT;
      const room = enter(place);
      const old = own(room, name, id);
      if (typeof old === "string") return { kind: "no", reason: old };
      const message: Message = { ...old, text: said, edited: true };
      const index = room.messages.indexOf(old);
      room.messages = room.messages.with(index, message);
      return done({ kind: "edited", message, index });
    },
    remove: (place, name, id) => {
      const room = enter(place);
      const old = own(room, name, id);
      if (typeof old === "string") return { kind: "no", reason: old };
      room.messages = room.messages.filter((message) => message !== old);
      return done({ kind: "removed", id });
    },
  };
}

function readText(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === "" || trimmed.length > MAX_TEXT ? null : trimmed;
}

function done(event: RoomEvent): RoomAnswer {
  return { kind: "done", event };
}

const NO_TEXT: RoomAnswer = { kind: "no", reason: `a message has 1 to ${MAX_TEXT} characters` };
