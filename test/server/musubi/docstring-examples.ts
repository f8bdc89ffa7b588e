/** An example in a docstring: an expression, and what it is said to give. */
export type DocstringExample = {
  readonly file: string;
  /** The function under the docstring. */
  readonly name: string;
  readonly expression: string;
  readonly value: string;
};

/** The examples of `export function` docstrings: lines that stand in four spaces and have the form `expression // value`. */
export function readExamples(file: string, source: string): readonly DocstringExample[] {
  const examples: DocstringExample[] = [];
  for (const [, docstring = "", name = ""] of source.matchAll(DOCUMENTED_FUNCTION)) {
    for (const [, expression = "", value = ""] of docstring.matchAll(EXAMPLE)) {
      examples.push({ file, name, expression: expression.trim(), value: value.trim() });
    }
  }
  return examples;
}

/** The functions that a file exports, whether or not they have a docstring. */
export function exportedFunctions(source: string): readonly string[] {
  return [...new Set([...source.matchAll(/^export function (\w+)/gm)].map(([, name = ""]) => name))];
}

const DOCUMENTED_FUNCTION = /\/\*\*((?:(?!\*\/)[\s\S])*?)\*\/\s*(?:\/\/[^\n]*\n)*export function (\w+)/g;
const EXAMPLE = /^ \* {5}(.+?) \/\/ (.+)$/gm;
