import type { StreamView, UploadView } from "../../src/bridge/attachment-view";
import type { StoreView } from "../../src/bridge/view";
import type { Json, JsonObject } from "../../src/wire/json";

/** A store, and the stores that were rendered inside it. */
export type StoreNode = { readonly store_id: readonly string[]; readonly children: readonly StoreNode[] };

/** A root's tree, its stores' own values by store id joined with slashes, and what the root store holds beside them. */
export type StoreFixture = {
  readonly tree: StoreNode;
  readonly values: ReadonlyMap<string, Json>;
  readonly streams?: readonly StreamView[];
  readonly uploads?: readonly UploadView[];
  /** The source digits of numbers of the root store. */
  readonly digits?: StoreView["digits"];
};

const store = (store_id: readonly string[], fields: JsonObject): JsonObject => ({
  __musubi_store_id__: [...store_id],
  ...fields,
});
const link = (...store_id: readonly string[]): JsonObject => ({ __musubi_store_id__: [...store_id] });

function node(store_id: readonly string[], children: readonly StoreNode[] = []): StoreNode {
  return { store_id, children };
}

export function COUNTER(count: number): StoreFixture {
  const child = node(["child"]);
  return {
    tree: node([], [child]),
    values: new Map([
      ["", store([], { count, label: "clicks", child: link("child") })],
      ["child", store(["child"], { doubled: count * 2 })],
    ]),
  };
}

const TODOS = ["Write the wire down", "Ask the server", "Look at the frames", "Go home"];

export const LIST: StoreFixture = {
  tree: node(
    [],
    TODOS.map((_, index) => node(["todos", `t${index}`])),
  ),
  values: new Map<string, Json>([
    ["", store([], { filter: "all", left: 3, todos: TODOS.map((_, index) => link("todos", `t${index}`)) })],
    ...TODOS.map((title, index): [string, Json] => [
      `todos/t${index}`,
      store(["todos", `t${index}`], { title, done: index === 1, tags: [] }),
    ]),
  ]),
};

const LINES = Array.from({ length: 6 }, (_, index) => `l${index + 1}`);
const LONG =
  "The quick brown fox jumps over the lazy dog, and then it does so again, because this sentence has to be longer than a line of the tree can hold.\n".repeat(
    6,
  );

const MESSAGES = ["Hello?", "Your mugs are on their way.", "Thank you!"];

const STREAMS: readonly StreamView[] = [
  {
    name: "messages",
    total: MESSAGES.length,
    items: MESSAGES.map((body, index) => ({
      item_key: `messages-${index + 1}`,
      item: { id: index + 1, from: index === 1 ? "shop" : "Ada", body },
    })),
  },
  {
    name: "audit_log",
    total: 1440,
    items: Array.from({ length: 1440 }, (_, index) => ({
      item_key: `audit_log-${index + 1}`,
      item: { id: index + 1, what: "price read" },
    })),
  },
  { name: "offers", total: 1, items: [{ item_key: "offers-7", item: { id: 7, sku: "CUP-3", price: 4.5 } }] },
];

const file = (client_name: string, progress: number, status: string, errors: readonly Json[] = []): Json => ({
  ...{ ref: `u_${client_name}`, client_name, client_size: 2_400_000, client_type: "image/png" },
  ...{ progress, status, errors },
});

const UPLOADS: readonly UploadView[] = [
  {
    name: "avatar",
    config: { accept: [".png", ".jpg"], chunk_size: 16_000, max_entries: 3, max_file_size: 8_000_000 },
    entries: {
      total: 3,
      items: [
        file("portrait.png", 100, "success"),
        file("holiday.jpg", 55, "uploading"),
        file("movie.mp4", 20, "error", [{ code: "too_large", message: "file exceeds the maximum size" }]),
      ],
    },
    errors: { total: 1, items: [{ code: "too_many_files", message: "too many files selected" }] },
  },
];

export const CART: StoreFixture = {
  digits: [["/order", "9007199254740993"]],
  streams: STREAMS,
  uploads: UPLOADS,
  tree: node(
    [],
    [
      node(
        ["cart"],
        LINES.map((line) => node(["cart", "lines", line])),
      ),
      node(["header"]),
    ],
  ),
  values: new Map<string, Json>([
    [
      "",
      store([], {
        ...{
          currency: "EUR",
          total: 129.5,
          order: 9007199254740992,
          cart: link("cart"),
          header: link("header"),
        },
        messages: { __musubi_stream__: "messages" },
        log: { __musubi_stream__: "audit_log" },
        avatar: { __musubi_upload__: "avatar" },
        profile: {
          ...{ __musubi_async__: true, status: "failed" },
          result: { name: "Ada", since: "2024-02-29", seen: "2026-11-21T22:46:05.120Z" },
          reason: { kind: "error", value: "the profile service did not answer" },
        },
        recommendations: { __musubi_async__: true, status: "loading", result: null, reason: null },
        offers: {
          ...{ __musubi_async__: true, status: "ok", reason: null },
          result: { __musubi_stream__: "offers" },
        },
        shipping: {
          address: { city: "Wien", zip: "1010", lines: ["Stephansplatz 3", null] },
          express: false,
        },
        description: LONG,
        file: "photo_\u202Egnp.exe\u0000",
        greeting: "שלום, world",
        big: Array.from({ length: 1200 }, (_, index) => index * index),
        nothing: {},
      }),
    ],
    [
      "cart",
      store(["cart"], {
        open: true,
        note: "leave at the door",
        lines: LINES.map((line) => link("cart", "lines", line)),
      }),
    ],
    ["header", store(["header"], { user: "Ada", unread: 2 })],
    ...LINES.map((line, index): [string, Json] => [
      `cart/lines/${line}`,
      store(["cart", "lines", line], { sku: `MUG-${1698 + index}`, qty: index + 1, price: 12.5 }),
    ]),
  ]),
};

export const REPORT: StoreFixture = {
  tree: node([]),
  values: new Map([["", store([], { visitors: 1204, period: "today" })]]),
};

const boards = new Map<number, StoreFixture>();

/** A root with very many stores, made once. */
export function BOARD(size: number): StoreFixture {
  const known = boards.get(size);
  if (known !== undefined) return known;
  const cards = Array.from({ length: size }, (_, index) => ({ id: `card-${index + 1}`, n: index * 7 }));
  const board: StoreFixture = {
    tree: node(
      [],
      cards.map(({ id }) => node(["cards", id])),
    ),
    values: new Map<string, Json>([
      ["", store([], { title: "Everything", cards: cards.map(({ id }) => link("cards", id)) })],
      ...cards.map(({ id, n }): [string, Json] => [`cards/${id}`, store(["cards", id], { n, done: false })]),
    ]),
  };
  boards.set(size, board);
  return board;
}
