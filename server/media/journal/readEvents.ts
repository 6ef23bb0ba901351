import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Compile } from 'typebox/compile';
import { LAYOUT } from '../../recordings/layout.ts';
import type { TimedEvent } from '../../recordings/Tape.ts';
import { TimedEventSchema } from './eventSchema.ts';
import { isMissing } from './isMissing.ts';

const check = Compile(TimedEventSchema);

/**
 * What happened in a recording, in order. A line that is no event is passed over: a crash tears the
 * last one, and the media count more than a log of them. Nothing when there is no such file.
 */
export async function* readEvents(recordingFolder: string): AsyncGenerator<TimedEvent, void> {
  const input = createReadStream(join(recordingFolder, LAYOUT.events));
  try {
    await once(input, 'open');
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      const event = parse(line);
      if (event) yield event;
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  } finally {
    input.destroy();
  }
}

const parse = (line: string): TimedEvent | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    return check.Check(value) ? value : undefined;
  } catch {
    return undefined;
  }
};
