import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path/posix';
import { parseSync } from 'rolldown/utils';

/** What each part of `src` may import of ours. Nobody imports `cli`. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  web: ['contract'],
  sandbox: ['contract'],
  bff: ['contract'],
  cli: ['bff', 'sandbox', 'contract'],
};

/** What each folder of `src/web` may import of the others. */
const mayImportInWeb: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  ui: ['lib'],
  queries: ['lib'],
  tree: ['queries', 'ui', 'lib'],
  pages: ['tree', 'queries', 'ui', 'lib'],
  shell: ['queries', 'ui', 'lib', 'pages'],
};

/** Packages that reach the machine; in the BFF they live in `node/` and `database/`. */
const native = /^(node:|undici$|pino$|@hono\/node-server|@duckdb\/)/;
const bffTestMayUse = /\.test\.ts$/;

export interface SourceFile {
  /** Path from the root of the project, with slashes. */
  path: string;
  text: string;
}

/** Every `.ts` and `.tsx` file under `src`. */
export function readSources(root: string): SourceFile[] {
  return readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8') }));
}

/** Sentences that name each import which the layout forbids; empty when the house is in order. */
export function architectureProblems(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => specifiersOf(file).flatMap((specifier) => problemOf(file.path, specifier)));
}

function specifiersOf(file: SourceFile): string[] {
  const { module, errors } = parseSync(file.path, file.text, { lang: file.path.endsWith('x') ? 'tsx' : 'ts' });
  if (errors[0]) throw new Error(`${file.path}: ${errors[0].message}`);
  return [
    ...module.staticImports.map((one) => one.moduleRequest.value),
    ...module.staticExports.flatMap((one) => one.entries.flatMap((entry) => entry.moduleRequest?.value ?? [])),
    ...module.dynamicImports.map((one) => file.text.slice(one.moduleRequest.start + 1, one.moduleRequest.end - 1)),
  ];
}

function problemOf(path: string, specifier: string): string[] {
  const [, part = '', folder = '', page = ''] = path.split('/');
  const isTest = bffTestMayUse.test(path);
  if (!specifier.startsWith('.')) {
    const forbidden =
      (part === 'bff' && !isTest && folder !== 'node' && folder !== 'database' && native.test(specifier)) ||
      ((part === 'contract' || part === 'web') && !isTest && native.test(specifier));
    return forbidden ? [`${path} imports ${specifier}: only bff/node, bff/database, sandbox and cli may reach the machine`] : [];
  }
  const target = normalize(join(dirname(path), specifier));
  const [top, toPart = '', toFolder = '', toPage = ''] = target.split('/');
  if (top !== 'src') return part === 'cli' || isTest ? [] : [`${path} imports ${target}, which is outside src`];
  if (toPart !== part) {
    // integration tests stand beside the code they test and start the whole stack
    if (isTest && toPart === 'cli' && toFolder === 'testing') return [];
    return mayImport[part]?.includes(toPart) ? [] : [`${path} imports ${target}: ${part} must not import ${toPart}`];
  }
  if (part !== 'web' || path.split('/').length < 4 || folder === '') return [];
  if (toFolder === folder) {
    return folder === 'pages' && toPage !== page ? [`${path} imports ${target}: a page must not import another page`] : [];
  }
  const allowed = mayImportInWeb[folder];
  return allowed && !allowed.includes(toFolder)
    ? [`${path} imports ${target}: web/${folder} must not import web/${toFolder}`]
    : [];
}
