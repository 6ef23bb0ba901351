import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  assert,
  asyncModelRun,
  asyncProperty,
  commands as commandsOf,
  constant,
  nat,
  type AsyncCommand,
} from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RecordingWorld } from '../support/RecordingWorld.ts';
import { AppError } from '../../server/base/AppError.ts';

/**
 * People come and go, press what there is to press, delete, and the server dies, in any order and
 * several at once. The rules are in `RecordingWorld.check`; here is what may happen.
 */

interface Model {
  people: number;
}

type Command = AsyncCommand<Model, RecordingWorld>;

/** What a person may be told, and nothing else. */
const REFUSALS: ReadonlySet<string> = new Set(['wrong_state', 'not_found']);

const refusable = async (action: Promise<unknown>): Promise<void> => {
  try {
    await action;
  } catch (error) {
    if (!(error instanceof AppError) || !REFUSALS.has(error.code)) throw error;
  }
};

class Act implements Command {
  readonly #name: string;
  readonly #run: (model: Model, world: RecordingWorld) => Promise<unknown> | void;

  constructor(name: string, run: (model: Model, world: RecordingWorld) => Promise<unknown> | void) {
    this.#name = name;
    this.#run = run;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, world: RecordingWorld): Promise<void> {
    await this.#run(model, world);
    await world.check(model.people);
  }

  toString(): string {
    return this.#name;
  }
}

const act = (name: string, run: ConstructorParameters<typeof Act>[1]) =>
  constant(new Act(name, run));

const pick = (name: string, run: (world: RecordingWorld, id: never) => Promise<unknown>) =>
  nat(9).map(
    (n) =>
      new Act(`${name}(${n})`, async (_model, world) => {
        const id = world.any(n);
        if (id) await refusable(run(world, id as never));
      }),
  );

const commands = [
  act('join', async (model, world) => {
    model.people += 1;
    await world.join();
  }),
  act('leave', (model, world) => {
    if (model.people === 0) return;
    model.people -= 1;
    world.leave();
  }),
  act('start', (_, world) => refusable(world.start())),
  act('start, twice at once', (_, world) =>
    Promise.all([refusable(world.start()), refusable(world.start())]),
  ),
  act('stop while starting', (_, world) => refusable(world.stopWhileStarting())),
  pick('pause', (world, id) => world.service.pause(id)),
  pick('resume', (world, id) => world.service.resume(id)),
  pick('stop', (world, id) => world.service.stop(id)),
  pick('stop twice', (world, id) => Promise.all([world.service.stop(id), world.service.stop(id)])),
  pick('delete', (world, id) => world.delete(id)),
  pick('stop and delete', (world, id) =>
    Promise.all([refusable(world.service.stop(id)), world.delete(id)]),
  ),
  pick('rename', (world, id) => world.service.edit(id, { title: 'Board' })),
  act('a while passes', (_, world) => world.pass(11_000)),
  act('finishing gets done', (_, world) => world.finisher.finishOne()),
  act('finishing fails', (_, world) => world.finisher.failOne()),
  act('the worker dies', (_, world) => world.loseMedia()),
  act('it is recorded by itself', (_, world) => world.automatic(true)),
  act('it is not recorded by itself', (_, world) => world.automatic(false)),
  act('the server dies', async (model, world) => {
    model.people = 0;
    await world.crash();
  }),
  act('the server restarts', async (model, world) => {
    model.people = 0;
    await world.restart();
  }),
];

describe('recordings', { timeout: 120_000 }, () => {
  test('are never in an impossible state, whatever happens in whatever order', async () => {
    await assert(
      asyncProperty(commandsOf(commands, { size: '+1' }), async (list) => {
        const folder = mkdtempSync(join(tmpdir(), 'roomtone-model-'));
        const world = await RecordingWorld.create(folder);
        try {
          await asyncModelRun(() => ({ model: { people: 0 }, real: world }), list);
          await world.settle();
          expect(await world.unsettled()).toEqual([]);
        } finally {
          await world.close();
          rmSync(folder, { recursive: true, force: true });
        }
      }),
      { numRuns: 40 },
    );
  });
});
