import { posix } from 'node:path';
import type { ModuleFacts } from './moduleFacts.ts';

/** What a part of the program may know. `type:x` allows `import type` of x and no more. */
interface Part {
  /** Folder, or the files right in it when it ends with `/*`. */
  readonly at: string;
  /** Other parts of ours; its own folder is always allowed. */
  readonly ours: readonly string[];
  /** Packages, and `node:` modules; `node:*` is all of them. */
  readonly theirs: readonly string[];
}

const DOMAIN = [
  'server/voicemail',
  'server/calls',
  'server/recordings',
  'server/rooms',
  'server/accounts',
  'server/base',
  'server/protocol',
];

/** The import rule, one direction: a part stands below all that import it. The first match counts. */
const PARTS: readonly Part[] = [
  { at: 'server/protocol', ours: [], theirs: ['typebox', 'uuid', 'type:mediasoup'] },
  { at: 'server/base', ours: ['type:server/protocol'], theirs: ['node:*', 'pino'] },
  {
    at: 'server/accounts',
    ours: ['server/protocol', 'server/base'],
    theirs: ['node:crypto', 'node:events', 'typebox', 'jose'],
  },
  {
    at: 'server/rooms',
    ours: ['server/accounts', 'server/protocol', 'server/base'],
    theirs: ['node:crypto', 'node:events', 'human-id', 'type:mediasoup'],
  },
  {
    at: 'server/recordings',
    ours: ['server/rooms', 'server/accounts', 'server/protocol', 'server/base'],
    theirs: ['node:crypto', 'node:events', 'type:node:stream', 'typebox', 'type:mediasoup'],
  },
  {
    at: 'server/calls',
    ours: [
      'server/voicemail',
      'server/recordings',
      'server/rooms',
      'server/accounts',
      'server/protocol',
      'server/base',
    ],
    theirs: ['node:events'],
  },
  {
    at: 'server/voicemail',
    ours: [
      'server/recordings',
      'server/rooms',
      'server/accounts',
      'server/protocol',
      'server/base',
    ],
    theirs: ['node:events', 'type:typebox', 'type:node:stream'],
  },
  {
    at: 'server/media',
    ours: [
      'server/recordings',
      'server/rooms',
      'server/protocol',
      'server/base',
      'type:server/accounts',
      'type:server/voicemail',
    ],
    theirs: ['node:*', 'mediasoup', 'mediabunny', 'typebox', '@resvg/resvg-js'],
  },
  {
    at: 'server/storage',
    ours: [...DOMAIN, 'type:server/webhooks'],
    theirs: ['node:*', 'kysely', 'better-sqlite3', 'typebox'],
  },
  {
    at: 'server/mail',
    ours: [
      'server/voicemail',
      'server/recordings',
      'server/accounts',
      'server/base',
      'type:server/protocol',
    ],
    theirs: ['nodemailer'],
  },
  {
    at: 'server/webhooks',
    ours: ['server/protocol', 'server/base'],
    theirs: ['node:crypto', 'node:https'],
  },
  {
    at: 'server/push',
    ours: [
      'server/calls',
      'type:server/voicemail',
      'server/accounts',
      'server/protocol',
      'server/base',
    ],
    theirs: ['node:https', 'web-push'],
  },
  {
    at: 'server/speech',
    ours: ['type:server/voicemail', 'server/protocol'],
    theirs: ['node:stream/consumers', 'typebox'],
  },
  {
    at: 'server/openid',
    ours: ['server/accounts', 'server/base'],
    theirs: ['openid-client'],
  },
  {
    at: 'server/http',
    ours: [...DOMAIN, 'type:server/webhooks', 'type:server/config.ts'],
    theirs: [
      'node:*',
      'fastify',
      'fastify-plugin',
      '@fastify/*',
      'ws',
      'yazl',
      'bowser',
      'typebox',
      'type:pino',
    ],
  },
  {
    at: 'server/app.ts',
    ours: ['server'],
    theirs: ['node:*', 'fastify', '@fastify/*', 'ws'],
  },
  { at: 'server/*', ours: ['server'], theirs: ['node:*', 'typebox'] },
  {
    at: 'client/core',
    ours: ['type:server/protocol', 'server/protocol/errors.ts'],
    theirs: ['mediasoup-client', '@preact/signals', 'typebox'],
  },
  {
    at: 'client/ui',
    // Its schemas would bring their whole library to every page.
    ours: ['client/core', 'type:server/protocol', 'server/protocol/likeness.ts'],
    theirs: ['preact', '@preact/signals'],
  },
  { at: 'client/*', ours: [], theirs: ['node:*', 'vite', '@preact/preset-vite'] },
  {
    at: 'setup/doctor',
    ours: ['setup', 'server/config.ts', 'server/network.ts', 'server/accounts'],
    theirs: ['node:*'],
  },
  {
    at: 'setup/doctor.ts',
    ours: ['setup', 'server/config.ts', 'server/network.ts'],
    theirs: ['node:*'],
  },
  {
    at: 'setup/worker/prove.ts',
    ours: ['setup'],
    theirs: ['node:*', 'mediasoup', 'mediasoup-client', 'werift'],
  },
  // Runs before there are packages.
  { at: 'setup', ours: [], theirs: ['node:*'] },
];

/** Globals that only some may touch. */
const RESERVED: readonly { names: readonly string[]; in: string; except: readonly string[] }[] = [
  {
    names: ['process.env', 'process.argv'],
    in: 'server',
    except: ['server/main.ts', 'server/rebuild.ts'],
  },
  {
    names: [
      'Date.now',
      'new Date()',
      'performance.now',
      'setTimeout',
      'setInterval',
      'setImmediate',
    ],
    in: 'server/rooms',
    except: [],
  },
  {
    names: [
      'Date.now',
      'new Date()',
      'performance.now',
      'setTimeout',
      'setInterval',
      'setImmediate',
    ],
    in: 'server/calls',
    except: [],
  },
  {
    names: [
      'Date.now',
      'new Date()',
      'performance.now',
      'setTimeout',
      'setInterval',
      'setImmediate',
    ],
    in: 'server/recordings',
    except: [],
  },
  {
    names: ['Date.now', 'new Date()', 'performance.now', 'setTimeout', 'setInterval'],
    in: 'server/accounts',
    except: [],
  },
];

/** One line for each broken rule: file -> what it takes -> why not. */
export const violations = (facts: ModuleFacts): string[] => [
  ...shapeViolations(facts),
  ...(isTest(facts.path) ? [] : [...importViolations(facts), ...globalViolations(facts)]),
];

const importViolations = ({ path, imports }: ModuleFacts): string[] => {
  const part = PARTS.find(({ at }) => contains(at, path));
  if (!part) return [`${path} -> (nowhere) -> no part of the import rule holds this folder`];
  return imports.flatMap(({ specifier, typeOnly }) => {
    const target = specifier.startsWith('.')
      ? posix.join(posix.dirname(path), specifier)
      : specifier;
    const ours = target !== specifier;
    const allowed = ours ? [part.at, ...part.ours] : part.theirs;
    const matches = ours ? contains : isPackage;
    const found = allowed.some((entry) =>
      entry.startsWith('type:')
        ? typeOnly && matches(entry.slice(5), target)
        : matches(entry, target),
    );
    if (found) return [];
    const kind = typeOnly ? 'import type' : 'import';
    return [`${path} -> ${kind} ${target} -> ${part.at} may import ${allowed.join(', ')}`];
  });
};

const globalViolations = ({ path, globals }: ModuleFacts): string[] =>
  RESERVED.filter((rule) => contains(rule.in, path) && !rule.except.includes(path)).flatMap(
    (rule) =>
      rule.names
        .filter((name) => globals.has(name))
        .map((name) => {
          const where = rule.except.length > 0 ? `only in ${rule.except.join(', ')}` : 'handed in';
          return `${path} -> ${name} -> ${where}`;
        }),
  );

const shapeViolations = ({ path, hasDefaultExport, isBarrel }: ModuleFacts): string[] => [
  ...(hasDefaultExport && !path.endsWith('.config.ts')
    ? [`${path} -> export default -> exports have names`]
    : []),
  ...(isBarrel ? [`${path} -> export from -> import from where it is, not through a barrel`] : []),
];

const isTest = (path: string): boolean => /^test\/|\.test\.tsx?$/.test(path);

const contains = (place: string, path: string): boolean =>
  place.endsWith('/*')
    ? posix.dirname(path) === place.slice(0, -2)
    : path === place || path.startsWith(`${place}/`);

/** `preact` also means `preact/hooks`; `@fastify/*` any package of that scope. */
const isPackage = (entry: string, specifier: string): boolean =>
  entry.endsWith('*')
    ? specifier.startsWith(entry.slice(0, -1))
    : specifier === entry || specifier.startsWith(`${entry}/`);
