import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { violations } from './support/importRule.ts';
import { factsOf, modulesIn, readFacts } from './support/moduleFacts.ts';

const root = join(import.meta.dirname, '..');

describe('the import rule', () => {
  test.for(['server', 'client', 'setup', 'test'])('holds in %s', (folder) => {
    const modules = modulesIn(root, folder);
    expect(modules.length).toBeGreaterThan(0);
    expect(modules.flatMap((path) => violations(readFacts(root, path)))).toEqual([]);
  });

  test.for<[path: string, source: string, broken: string]>([
    ['server/protocol/x.ts', "import { a } from '../base/a.ts'", 'import server/base/a.ts'],
    ['server/protocol/x.ts', "import { types } from 'mediasoup'", 'import mediasoup'],
    ['server/protocol/x.ts', "import { type types } from 'mediasoup'", 'import mediasoup'],
    ['server/base/x.ts', "import { a } from '../protocol/errors.ts'", 'import server/protocol'],
    [
      'server/accounts/x.ts',
      "import type { R } from '../rooms/Room.ts'",
      'import type server/rooms',
    ],
    ['server/rooms/x.ts', "export { a } from '../media/a.ts'; f()", 'import server/media/a.ts'],
    ['server/rooms/x.ts', "export * from 'fastify'; f()", 'import fastify'],
    ['server/rooms/x.ts', "const ws = await import('ws')", 'import ws'],
    ['server/rooms/x.ts', "let w: import('ws').WebSocket", 'import type ws'],
    ['server/rooms/x.ts', "import { spawn } from 'node:child_process'", 'node:child_process'],
    ['server/rooms/x.ts', 'const now = Date.now()', 'Date.now'],
    ['server/rooms/x.ts', 'const now = new Date()', 'new Date()'],
    ['server/accounts/x.ts', 'setTimeout(f, 1)', 'setTimeout'],
    ['server/media/x.ts', "import { a } from '../http/a.ts'", 'import server/http/a.ts'],
    [
      'server/rooms/x.ts',
      "import type { V } from '../recordings/Vault.ts'",
      'import type server/recordings/Vault.ts',
    ],
    ['server/recordings/x.ts', 'const now = performance.now()', 'performance.now'],
    ['server/recordings/x.ts', "import { open } from 'node:fs/promises'", 'node:fs/promises'],
    ['server/recordings/x.ts', "import { Readable } from 'node:stream'", 'import node:stream'],
    [
      'server/recordings/x.ts',
      "import { Database } from '../storage/Database.ts'",
      'server/storage/Database.ts',
    ],
    ['server/storage/x.ts', "import { a } from '../media/a.ts'", 'import server/media/a.ts'],
    ['server/media/x.ts', "import { Kysely } from 'kysely'", 'import kysely'],
    ['server/http/x.ts', "import type { D } from '../storage/Database.ts'", 'server/storage'],
    [
      'server/http/x.ts',
      "import { a } from '../media/WorkerPool.ts'",
      'server/media/WorkerPool.ts',
    ],
    ['server/http/rest/x.ts', "import { createWorker } from 'mediasoup'", 'import mediasoup'],
    ['server/config.ts', 'const port = process.env.PORT', 'process.env'],
    ['server/config.ts', "const port = process.env['PORT']", 'process.env'],
    ['server/base/x.ts', 'export default 1', 'export default'],
    ['server/base/x.ts', "export { a } from './a.ts'; export * from './b.ts'", 'export from'],
    ['server/video/x.ts', 'export const a = 1', '(nowhere)'],
    ['client/core/x.ts', "import type { Room } from '../../server/rooms/Room.ts'", 'server/rooms'],
    ['client/core/x.ts', "import { h } from 'preact'", 'import preact'],
    ['client/ui/x.tsx', "import { Device } from 'mediasoup-client'", 'import mediasoup-client'],
    ['setup/x.ts', "import fastify from 'fastify'", 'import fastify'],
    ['test/x.test.ts', 'export default 1', 'export default'],
  ])('%s may not say: %s', ([path, source, broken]) => {
    const found = violations(factsOf(path, source));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`${path} -> `);
    expect(found[0]).toContain(broken);
  });

  test.for<[path: string, source: string]>([
    ['server/protocol/x.ts', "import type { types } from 'mediasoup'"],
    ['server/base/x.ts', "import type { ErrorCode } from '../protocol/errors.ts'"],
    ['server/rooms/x.ts', "import { can } from '../accounts/permissions.ts'"],
    ['server/rooms/x.ts', 'const when = new Date(clock.now()); const text = "Date.now()"'],
    ['server/media/x.ts', "import { createWorker } from 'mediasoup'"],
    ['server/media/x.ts', "import type { Tape } from '../recordings/Tape.ts'"],
    ['server/recordings/x.ts', "import type { Readable } from 'node:stream'"],
    ['server/recordings/x.ts', "import type { Room } from '../rooms/Room.ts'"],
    ['server/storage/x.ts', "import type { RoomStore } from '../rooms/RoomStore.ts'"],
    ['server/http/x.ts', "import type { Config } from '../config.ts'"],
    ['server/main.ts', 'run(process.env)'],
    ['server/rooms/x.test.ts', "import { test } from 'vitest'; import '../media/WorkerPool.ts'"],
    ['client/ui/x.tsx', "import { useState } from 'preact/hooks'; const a = <p>{b}</p>"],
  ])('%s may say: %s', ([path, source]) => {
    expect(violations(factsOf(path, source))).toEqual([]);
  });
});
