import { posix } from "node:path";
import { COMPOSITION_ROOTS, EXTENSION_API, type Layer } from "./layers";
import type { Import, SourceFile } from "./source-file";

/** The folders and packages that a file imports against the table: a sentence each. */
export function findForbiddenImports(file: SourceFile, layers: readonly Layer[]): readonly string[] {
  const layer = layerOf(file.path, layers);
  if (!layer) {
    return [
      `${file.path} is in no folder of the import table. Add its folder to test/architecture/layers.ts and to the table in the README, with what it may import.`,
    ];
  }
  return file.imports.flatMap((imported) => {
    const sentence = imported.specifier.startsWith(".")
      ? forbiddenFile(file, imported, layer, layers)
      : forbiddenPackage(file, imported, layer);
    return sentence === undefined ? [] : [sentence];
  });
}

function forbiddenFile(
  file: SourceFile,
  { specifier, isType }: Import,
  layer: Layer,
  layers: readonly Layer[],
): string | undefined {
  const target = resolve(file.path, specifier);
  const isWithin = (folder: string): boolean => target.startsWith(`src/${folder}/`);
  if (!target.startsWith("src/")) {
    // The manifest and the like are no code: who may read files may read them.
    const isAllowed = layer.node || (isType && layer.outside?.includes(target));
    return isAllowed
      ? undefined
      : `${file.path} imports ${target}, which is outside src. Pass it in instead.`;
  }
  const own = layerOf(target, layers);
  if (own === layer || layer.imports.some(isWithin)) return undefined;
  if (layer.types?.some(isWithin)) {
    return isType
      ? undefined
      : `${file.path} imports values of ${target}; ${layer.folder} may import only its types. Use "import type", or move the value to where both may import it.`;
  }
  return `${file.path} imports ${target}. ${allowance(layer)} Move what both need into one of these, or pass it in.`;
}

function forbiddenPackage(file: SourceFile, { specifier }: Import, layer: Layer): string | undefined {
  if (specifier.startsWith("node:")) {
    return layer.node
      ? undefined
      : `${file.path} imports ${specifier}, and ${layer.folder} must run in a browser too. Pass in what it needs.`;
  }
  const name = packageOf(specifier);
  if (name === EXTENSION_API) {
    return COMPOSITION_ROOTS.includes(file.path)
      ? undefined
      : `${file.path} imports ${EXTENSION_API}, which only the composition roots may (${COMPOSITION_ROOTS.join(", ")}). Take what is needed as an argument, such as a Port.`;
  }
  if (layer.packages?.includes(name)) return undefined;
  return `${file.path} imports the package ${name}, which the import table does not give to ${layer.folder}. Do without it, or add it to test/architecture/layers.ts and say why.`;
}

function allowance({ folder, imports, types = [] }: Layer): string {
  const values = imports.length > 0 ? imports.join(", ") : "nothing";
  const typesOnly = types.length > 0 ? `, and types of ${types.join(", ")}` : "";
  return `${folder} may import ${values}${typesOnly}.`;
}

function layerOf(path: string, layers: readonly Layer[]): Layer | undefined {
  return layers
    .filter(({ folder }) => path.startsWith(`src/${folder}/`))
    .reduce<Layer | undefined>(
      (deepest, layer) => (deepest && deepest.folder.length > layer.folder.length ? deepest : layer),
      undefined,
    );
}

/** The path, without its extension where the import has none, that a relative import means. */
export function resolve(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier.replace(/\?.*$/, ""));
}

function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
