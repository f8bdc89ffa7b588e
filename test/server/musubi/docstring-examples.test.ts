import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as asyncResult from "../../../src/server/musubi/async-result";
import * as definedSocket from "../../../src/server/musubi/define-socket";
import * as socket from "../../../src/server/musubi/socket";
import * as answers from "../../../src/server/musubi/socket-answer";
import * as context from "../../../src/server/musubi/socket-context";
import { type DocstringExample, exportedFunctions, readExamples } from "./docstring-examples";
import { CartStore } from "./wires/shop-stores";

const fresh = socket.createSocket("Shop.Cart", [], {});

/** What examples may name besides the functions themselves. */
const SCOPE = {
  ...socket,
  ...context,
  ...asyncResult,
  ...definedSocket,
  ...answers,
  CartStore,
  socket: fresh,
  rendered: socket.resetChanged(socket.assign(fresh, { list: [1, 2] })),
};

/** The functions of section 14 of the wire reference: each has an example. */
const IN_SOCKET = [
  "assign",
  "assignNew",
  "update",
  "isChanged",
  "isAnyChanged",
  "consumedKeysChanged",
  "resetChanged",
  "storeId",
] as const;
const IN_CONTEXT = [
  "getPrivate",
  "putPrivate",
  "rootParams",
  "putRootParams",
  "session",
  "putSession",
  "connectInfo",
  "putConnectInfo",
  "inheritContext",
] as const;

/** Files of which every function has an example, and the functions that must be among them. */
const FILES: { readonly [name: string]: readonly string[] } = {
  socket: IN_SOCKET,
  "socket-context": IN_CONTEXT,
  "define-socket": ["defineSocket", "fetchRootByModule"],
  "socket-answer": ["ok", "error"],
  "async-result": [],
};

/** What only the runtime calls. */
const INTERNAL = ["createSocket", "checkAnswer", "isAsyncResult"];

const files = Object.keys(FILES).map((name) => ({
  name,
  source: readFileSync(new URL(`../../../src/server/musubi/${name}.ts`, import.meta.url), "utf8"),
}));
const examples = files.flatMap(({ name, source }) => readExamples(`${name}.ts`, source));

describe("the examples in the docstrings of the socket", () => {
  it.each(examples.map((example) => [`${example.file}: ${example.expression}`, example] as const))(
    "%s",
    (_title, { expression, value }) => {
      expect(evaluate(expression)).toEqual(evaluate(`(${value})`));
    },
  );

  it.each(files)("stand at every function of $name.ts", ({ name, source }) => {
    const documented = examples.filter(({ file }) => file === `${name}.ts`).map((found) => found.name);
    const functions = exportedFunctions(source).filter((fn) => !INTERNAL.includes(fn));
    expect(functions.filter((fn) => !documented.includes(fn))).toEqual([]);
    expect(documented).toEqual(expect.arrayContaining([...(FILES[name] ?? [])]));
  });
});

/** The example's own words as a program, with nothing in scope but the API. */
function evaluate(expression: string): unknown {
  return new Function(...Object.keys(SCOPE), `"use strict"; return (${expression});`)(
    ...Object.values(SCOPE),
  );
}

describe("the reader of docstrings", () => {
  it("finds an expression and its value", () => {
    const source = `/**\n * Adds.\n *\n *     add(1, 2) // 3\n */\nexport function add() {}`;
    const found: readonly DocstringExample[] = readExamples("sum.ts", source);
    expect(found).toEqual([{ file: "sum.ts", name: "add", expression: "add(1, 2)", value: "3" }]);
  });
});
