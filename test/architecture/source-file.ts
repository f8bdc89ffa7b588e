import { type ESTree, parseSync, Visitor } from "vite";

export type Import = {
  readonly specifier: string;
  /** Whether nothing of it is left in what runs. */
  readonly isType: boolean;
};

/** What the rules need to know of one file. */
export type SourceFile = {
  /** From the repository's root, with slashes: `src/wire/frame.ts`. */
  readonly path: string;
  readonly lineCount: number;
  readonly imports: readonly Import[];
  readonly hasDefaultExport: boolean;
  /** Whether it only hands on what other files export. */
  readonly isBarrel: boolean;
  /** What it does that this project never does, such as "eval". */
  readonly forbidden: readonly string[];
};

/** Ways in which text becomes markup or code. */
const MARKUP_OR_CODE: ReadonlySet<string> = new Set([
  "innerHTML",
  "outerHTML",
  "insertAdjacentHTML",
  "createContextualFragment",
  "setHTMLUnsafe",
  "dangerouslySetInnerHTML",
]);

/** Reads a TypeScript or JavaScript file with a real parser. Throws where it is no such thing. */
export function readSource(path: string, text: string): SourceFile {
  const { program, module, errors } = parseSync(path, text);
  const [error] = errors;
  if (error) throw new Error(`${path} cannot be parsed: ${error.message}`);

  const exported = module.staticExports.flatMap(({ entries }) => entries);
  const { forbidden, typeImports } = visit(program);
  return {
    path,
    lineCount: text.trimEnd().split("\n").length,
    imports: [
      ...module.staticImports.map(({ moduleRequest, entries }) => ({
        specifier: moduleRequest.value,
        isType: entries.length > 0 && entries.every((entry) => entry.isType),
      })),
      ...exported.flatMap(({ moduleRequest, isType }) =>
        moduleRequest ? [{ specifier: moduleRequest.value, isType }] : [],
      ),
      ...module.dynamicImports.map(({ moduleRequest }) => ({
        specifier: unquote(text.slice(moduleRequest.start, moduleRequest.end)),
        isType: false,
      })),
      ...typeImports.map((specifier) => ({ specifier, isType: true })),
    ],
    hasDefaultExport: exported.some(
      ({ exportName }) => exportName.kind === "Default" || exportName.name === "default",
    ),
    isBarrel: program.body.length > 0 && program.body.every(isHandedOn),
    forbidden,
  };
}

function isHandedOn(statement: ESTree.Statement): boolean {
  if (statement.type === "ExportAllDeclaration" || statement.type === "ImportDeclaration") return true;
  return statement.type === "ExportNamedDeclaration" && statement.declaration === null;
}

type Seen = { readonly forbidden: readonly string[]; readonly typeImports: readonly string[] };

function visit(program: ESTree.Program): Seen {
  const forbidden = new Set<string>();
  const typeImports: string[] = [];
  const see = (name: string): void => {
    if (MARKUP_OR_CODE.has(name)) forbidden.add(name);
  };
  new Visitor({
    TSImportType: ({ source }) => void typeImports.push(source.value),
    MemberExpression: ({ property }) => {
      if (property.type === "Identifier") see(property.name);
      if (property.type === "Literal" && typeof property.value === "string") see(property.value);
    },
    JSXIdentifier: ({ name }) => see(name),
    CallExpression: ({ callee }) => {
      if (callee.type === "Identifier" && callee.name === "eval") forbidden.add("eval");
      if (callee.type === "Identifier" && callee.name === "Function") forbidden.add("Function");
    },
    NewExpression: ({ callee }) => {
      if (callee.type === "Identifier" && callee.name === "Function") forbidden.add("Function");
    },
  }).visit(program);
  return { forbidden: [...forbidden], typeImports };
}

function unquote(literal: string): string {
  return /^["'`](.*)["'`]$/.exec(literal)?.[1] ?? literal;
}
