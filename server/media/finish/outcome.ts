import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import {
  GapSchema,
  HealthSchema,
  PersonSchema,
  RecordedFileSchema,
} from '../../protocol/recordings.ts';
import type { Finished } from '../../recordings/Finisher.ts';
import { LAYOUT } from '../../recordings/layout.ts';
import { publishText } from './archive/durable.ts';

const check = Compile(
  Type.Object({
    durationMs: Type.Number(),
    gaps: Type.Array(GapSchema),
    people: Type.Array(PersonSchema),
    files: Type.Array(RecordedFileSchema),
    health: HealthSchema,
  }),
);

/**
 * What finishing has come to, written before the journals go: a server that dies before it has put
 * this into its catalogue finds it here, and needs no journals.
 */
export const writeOutcome = (folder: string, finished: Finished): Promise<void> =>
  publishText(join(folder, LAYOUT.outcome), JSON.stringify(finished));

/** Undefined: there is none, or not all of its files are there. */
export const readOutcome = async (folder: string): Promise<Finished | undefined> => {
  try {
    const value: unknown = JSON.parse(await readFile(join(folder, LAYOUT.outcome), 'utf8'));
    if (!check.Check(value)) return undefined;
    for (const { name, bytes } of value.files) {
      const { size } = await stat(join(folder, LAYOUT.files, name));
      if (size !== bytes) return undefined;
    }
    return value;
  } catch {
    return undefined;
  }
};
