import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, posix } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

export interface Import {
  /** As written: `../base/Clock.ts`, `node:crypto`, `fastify`. */
  readonly specifier: string;
  /** Erased before the program runs. */
  readonly typeOnly: boolean;
}

/** What one module takes from others, and what of the machine it touches. */
export interface ModuleFacts {
  /** From the repository's root, with slashes. */
  readonly path: string;
  readonly imports: readonly Import[];
  readonly hasDefaultExport: boolean;
  /** Hands on what others export and has nothing of its own. */
  readonly isBarrel: boolean;
  /** Members and functions of the globals: `process.env`, `Date.now`, `setTimeout`. */
  readonly globals: ReadonlySet<string>;
}

const SOURCES = new Set(['.ts', '.tsx', '.mts', '.js', '.mjs']);
const SKIPPED = new Set(['node_modules', 'dist', 'public']);

/** Every module below `folder`, as paths from `root`. */
export const modulesIn = (root: string, folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : modulesIn(root, path);
    return SOURCES.has(extname(entry.name)) ? [path] : [];
  });

export const readFacts = (root: string, path: string): ModuleFacts =>
  factsOf(path, readFileSync(join(root, path), 'utf8'));

export const factsOf = (path: string, source: string): ModuleFacts => {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const imports: Import[] = [];
  const globals = new Set<string>();
  let hasDefaultExport = false;
  const add = (specifier: unknown, typeOnly: boolean): void => {
    if (typeof specifier === 'string') imports.push({ specifier, typeOnly });
  };
  const visitor = new Visitor({
    ImportDeclaration: ({ source: from, importKind }) => add(from.value, importKind === 'type'),
    ExportNamedDeclaration: ({ source: from, exportKind }) =>
      add(from?.value, exportKind === 'type'),
    ExportAllDeclaration: ({ source: from, exportKind }) => add(from.value, exportKind === 'type'),
    ImportExpression: ({ source: from }) => add('value' in from && from.value, false),
    TSImportType: ({ source: from }) => add(from.value, true),
    ExportDefaultDeclaration: () => {
      hasDefaultExport = true;
    },
    MemberExpression: ({ object, property }) => {
      if (object.type === 'Identifier' && property.type === 'Identifier') {
        globals.add(`${object.name}.${property.name}`);
      }
    },
    CallExpression: ({ callee }) => {
      if (callee.type === 'Identifier') globals.add(callee.name);
    },
    NewExpression: ({ callee, arguments: given }) => {
      if (callee.type === 'Identifier' && given.length === 0) globals.add(`new ${callee.name}()`);
    },
  });
  visitor.visit(program);
  const isBarrel =
    program.body.length > 0 &&
    program.body.every(
      (statement) =>
        statement.type === 'ExportAllDeclaration' ||
        (statement.type === 'ExportNamedDeclaration' && statement.source !== null),
    );
  return { path, imports, hasDefaultExport, isBarrel, globals };
};
