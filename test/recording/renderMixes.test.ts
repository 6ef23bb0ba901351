import { expect, it } from 'vitest';
import type { RenderSpec } from '../../server/protocol/renders.ts';
import { faultsOfRender } from '../support/truth/judgeRender.ts';
import { StagedCall, type StagedScript } from '../support/truth/StagedCall.ts';
import { verdictTable } from '../support/truth/verdictTable.ts';
import { judgedRender, type JudgedRender } from './judgedRender.ts';
import { crowd, mixture, SHAPES, threeTimes, withoutCameras } from './mixScripts.ts';

/** What is not as the script has it, and the judged render. */
const play = async (
  script: StagedScript,
  wish: Partial<RenderSpec> = {},
  shapes?: readonly number[],
): Promise<{ faults: string[]; judged: JudgedRender }> => {
  const call = await StagedCall.create(script);
  try {
    const judged = await judgedRender(call, wish, shapes);
    const { verdict, complaints } = judged;
    const faults = [...complaints, ...faultsOfRender(verdict, { least: 1 })];
    return {
      faults: faults.length === 0 ? [] : [...faults, verdictTable(verdict.archives)],
      judged,
    };
  } finally {
    await call.close();
  }
};

it(
  'pictures that change their size, shape and codec, upright phones, sound after silence',
  { timeout: 180_000 },
  async () => {
    const { faults } = await play(await mixture(), {}, SHAPES);
    expect(faults).toEqual([]);
  },
);

it('who comes three times is there three times', { timeout: 180_000 }, async () => {
  for (const size of ['720p', 'portrait'] as const) {
    const { faults } = await play(threeTimes(), { size });
    expect(faults).toEqual([]);
  }
});

it('up to nine people, each in their place when they come', { timeout: 180_000 }, async () => {
  const { faults, judged } = await play(crowd(9, 0.5));
  expect(faults).toEqual([]);
  expect(judged.verdict.archives.length).toBe(9);
});

it('nobody with a camera: voices, and who they are', { timeout: 180_000 }, async () => {
  const { faults, judged } = await play(withoutCameras());
  expect(faults).toEqual([]);
  expect(judged.verdict.flashes).toBe(0);
});
