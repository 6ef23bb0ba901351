import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  assert,
  asyncModelRun,
  asyncProperty,
  commands as commandsOf,
  constantFrom,
  nat,
  tuple,
  type Arbitrary,
  type AsyncCommand,
} from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../server/base/AppError.ts';
import type { CallId } from '../../server/protocol/ids.ts';
import { CallWorld } from '../support/CallWorld.ts';

/**
 * People call each other, answer, hang up, pass calls on, leave and come back, time passes and the
 * server goes, in any order. The rules are in `CallWorld.check`; here is what may happen.
 */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'roomtone-calls-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What somebody may be told, and nothing else. */
const REFUSALS: ReadonlySet<string> = new Set(['wrong_state', 'not_found', 'rate_limited']);

const refusable = async (action: Promise<unknown>): Promise<void> => {
  try {
    await action;
  } catch (error) {
    if (!(error instanceof AppError) || !REFUSALS.has(error.code)) throw error;
  }
};

class Act implements AsyncCommand<object, CallWorld> {
  readonly #name: string;
  readonly #run: (world: CallWorld) => Promise<unknown>;

  constructor(name: string, run: (world: CallWorld) => Promise<unknown>) {
    this.#name = name;
    this.#run = run;
  }

  check(): boolean {
    return true;
  }

  async run(_: object, world: CallWorld): Promise<void> {
    await this.#run(world);
    await world.check();
  }

  toString(): string {
    return this.#name;
  }
}

/** Somebody does something to some call. */
const onCall = (
  name: string,
  run: (world: CallWorld, id: CallId, user: number, other: number) => Promise<unknown>,
): Arbitrary<Act> =>
  tuple(nat(20), nat(2), nat(20)).map(
    ([n, user, other]) =>
      new Act(`${name}(${n}, ${user}, ${other})`, async (world) => {
        const id = world.any(n);
        if (id) await refusable(run(world, id, user, other));
      }),
  );

const commands = [
  tuple(nat(3), nat(2)).map(
    ([from, to]) =>
      new Act(`place(${from === 3 ? 'guest' : from}, ${to})`, (world) =>
        refusable(world.place(from === 3 ? undefined : from, to)),
      ),
  ),
  onCall('answer', (world, id, user) => world.answerEverywhere(user, id, 2)),
  onCall('decline', (world, id, user) => world.calls.service.decline(world.user(user).id, id)),
  onCall('hangUp', (world, id, user) => world.calls.service.hangUp(world.user(user).id, id)),
  onCall('hold', async (world, id, user, held) =>
    world.calls.service.hold(world.user(user).id, id, held % 2 === 0),
  ),
  onCall('addTo', (world, id, user, other) =>
    world.calls.service.addTo(world.user(user).id, id, world.user(other).name),
  ),
  onCall('transfer', (world, id, user, other) =>
    world.calls.service.transfer(world.user(user).id, id, world.user(other).name),
  ),
  onCall('join', (world, id, user, other) =>
    world.calls.service.join(world.user(user).id, id, world.any(other) ?? id),
  ),
  tuple(nat(9), constantFrom('left' as const, 'gone' as const)).map(
    ([n, reason]) => new Act(`leave(${n}, ${reason})`, async (world) => world.leave(n, reason)),
  ),
  nat(9).map((n) => new Act(`comeBack(${n})`, (world) => world.comeBack(n))),
  constantFrom(1_000, 5_000, 26_000, 61_000).map(
    (ms) =>
      new Act(`wait(${ms})`, async (world) => {
        world.clock.advance(ms);
        // What fell due goes to the database and back.
        await world.calls.service.settled();
      }),
  ),
  constantFrom(true, false).map(
    (comeBack) => new Act(`restart(${comeBack})`, (world) => world.restart({ comeBack })),
  ),
];

describe('calls', () => {
  test('are true whatever happens', async () => {
    let run = 0;
    await assert(
      asyncProperty(commandsOf(commands, { maxCommands: 40 }), async (acts) => {
        const world = await CallWorld.create(join(folder, String(run++)));
        try {
          await asyncModelRun(() => ({ model: {}, real: world }), acts);
        } finally {
          await world.close();
        }
      }),
      { numRuns: Number(process.env['CALL_RUNS'] ?? 60), endOnFailure: true },
    );
  }, 120_000);

  test('have one winner, however many devices answer in the same moment', async () => {
    const world = await CallWorld.create(folder);
    for (let n = 0; n < 1_000; n += 1) {
      const { id } = await world.place(1, 0);
      const won = await world.answerEverywhere(0, id, 2);
      expect(won).toBe(1);
      await world.calls.service.hangUp(world.user(0).id, id);
    }
    await world.check();
    await world.close();
  }, 120_000);
});
