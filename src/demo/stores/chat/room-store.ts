import { assignAsync, taskError } from "../../../server/musubi/async";
import type { AsyncResult } from "../../../server/musubi/async-result";
import { defineStore } from "../../../server/musubi/define-store";
import { broadcast, subscribe } from "../../../server/musubi/pubsub";
import { pushEvent } from "../../../server/musubi/push-event";
import { assign, type MusubiSocket } from "../../../server/musubi/socket";
import { type CommandAnswer, noreply, reply, type Store } from "../../../server/musubi/store";
import { stream, streamDeleteByKey, streamInsert } from "../../../server/musubi/stream";
import { streamSlot } from "../../../server/musubi/stream-slot";
import { requireString } from "../../../server/payload";
import { isTrue, type Params, readName } from "../params";
import type { Pause } from "../pause";
import { MAX_MESSAGES, type Message, type RoomAnswer, RoomNews, type Rooms } from "./rooms";

type Profile = { readonly name: string; readonly motto: string };

type RoomAssigns = {
  readonly room: string;
  readonly name: string;
  /** How many messages have been said. */
  readonly said: number;
  readonly profile: AsyncResult<Profile>;
};

type Visit = { readonly room: string; readonly name: string };

/** How long it takes to look a profile up. */
const PROFILE_MS = 900;

const MOTTOES = [
  "Somewhere, something incredible is waiting to be joined.",
  "Simplicity is prerequisite for reliability.",
  "The server is right.",
  "One patch at a time.",
];

type Room = MusubiSocket<RoomAssigns>;

/**
 * A room for one visitor. Mount params: `room` (default "lobby") and `name` (default "guest").
 * The messages are a stream: the store holds none of them.
 */
export function defineRoomStore(rooms: Rooms, wait: Pause): Store {
  return defineStore<RoomAssigns>({
    module: "Demo.RoomStore",
    root: true,
    streams: { messages: {} },
    mount: (params, socket) => {
      const visit = { room: readName(params, "room", "lobby"), name: readName(params, "name", "guest") };
      const { messages, count } = rooms.read(visit.room);
      const entered = enter(assign(socket, { ...visit, said: count }), messages);
      return loadProfile(entered, wait, false);
    },
    render: ({ assigns: { room, name, said, profile } }) => ({
      room,
      name,
      said,
      profile,
      messages: streamSlot("messages"),
    }),
    handleInfo: (message, socket) => (message instanceof RoomNews ? hear(message, socket) : socket),
    commands: {
      ...commandsOf(rooms),
      load_profile: (payload, socket) => noreply(loadProfile(socket, wait, isTrue(payload, "fail"))),
    },
  });
}

function commandsOf(rooms: Rooms) {
  return {
    say: (payload: Params, socket: Room) => {
      const { room, name } = socket.assigns;
      return tell(socket, rooms.say(room, name, requireString(payload, "text")));
    },
    edit: (payload: Params, socket: Room) => {
      const { room, name } = socket.assigns;
      const id = requireString(payload, "id");
      return tell(socket, rooms.edit(room, name, id, requireString(payload, "text")));
    },
    remove: (payload: Params, socket: Room) => {
      const { room, name } = socket.assigns;
      return tell(socket, rooms.remove(room, name, requireString(payload, "id")));
    },
    nudge: (_payload: Params, socket: Room) =>
      tell(socket, { kind: "done", event: { kind: "nudged", name: socket.assigns.name } }),
  };
}

/** Tells everyone in the room, this visitor included, or says no to this one. */
function tell(socket: Room, answer: RoomAnswer): CommandAnswer<RoomAssigns> {
  if (answer.kind === "no") return reply(socket, { ok: false, reason: answer.reason });
  return noreply(broadcast(socket, topicOf(socket.assigns.room), new RoomNews(answer.event)));
}

/** Lists what was said, and begins to listen. */
function enter<Own extends Visit>(
  socket: MusubiSocket<Own>,
  messages: readonly Message[],
): MusubiSocket<Own> {
  const { room, name } = socket.assigns;
  const topic = topicOf(room);
  const listed = stream(socket, "messages", messages, { reset: true, limit: -MAX_MESSAGES });
  return subscribe(broadcast(listed, topic, new RoomNews({ kind: "came", name })), topic);
}

function loadProfile<Own extends Visit>(socket: MusubiSocket<Own>, wait: Pause, fail: boolean) {
  const { name } = socket.assigns;
  return assignAsync(socket, "profile", async (signal) => {
    await wait(PROFILE_MS, signal);
    return fail ? taskError("the profile service is down") : readProfile(name);
  });
}

/** Takes over what happened in the room, and tells the visitor what others did. */
function hear({ event }: RoomNews, socket: Room): Room {
  const isOwn = (name: string) => name === socket.assigns.name;
  const toast = (text: string) => pushEvent(socket, "toast", { text });
  switch (event.kind) {
    case "came":
      return isOwn(event.name) ? socket : toast(`${event.name} came in`);
    case "nudged":
      return toast(isOwn(event.name) ? "You nudged everyone" : `${event.name} nudges you`);
    case "said": {
      const { message, count } = event;
      const heard = assign(socket, { said: count });
      const listed = streamInsert(heard, "messages", message, { at: -1, limit: -MAX_MESSAGES });
      return isOwn(message.name)
        ? listed
        : pushEvent(listed, "toast", { text: `${message.name} says something` });
    }
    case "edited":
      // An insert moves what is there already, so that it has to say where (wire.md 8).
      return streamInsert(socket, "messages", event.message, { at: event.index });
    case "removed":
      return streamDeleteByKey(socket, "messages", `messages-${event.id}`);
  }
}

function topicOf(room: string): string {
  return `demo:room:${room}`;
}

function readProfile(name: string): Profile {
  const sum = [...name].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  return { name, motto: MOTTOES[sum % MOTTOES.length] ?? "" };
}
