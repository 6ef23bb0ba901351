import { writeFile } from 'node:fs/promises';
import type { FileKind, Person } from '../../protocol/recordings.ts';
import type { RecordingRecord } from '../../recordings/RecordingRecord.ts';
import type { Container } from './archive/containers.ts';
import { isDiskFull } from './isDiskFull.ts';
import {
  checksumsDocument,
  DOCUMENTS,
  consentDocument,
  speakersDocument,
  type Voice,
} from './extras/documents.ts';
import { measureMessage } from './extras/measureMessage.ts';
import { MIX_FILES, mixLengthOf, mixSound, type MixOptions } from './extras/mixSound.ts';
import { makePoster, scenesOf, type Filmed } from './extras/poster.ts';
import type { Happenings } from './report/EventLog.ts';
import type { Interval } from './tracks/intervals.ts';
import type { Workshop } from './Workshop.ts';

export interface Sound extends Omit<Voice, 'lufs'> {
  readonly path: string;
  readonly container: Container;
}

export interface ExtrasFacts {
  readonly people: readonly Person[];
  readonly durationMs: number;
  readonly happenings: Pick<Happenings, 'told' | 'answers'>;
  /** By participant. */
  readonly spoken: ReadonlyMap<string, readonly Interval[]>;
  /** What can be seen and what can be heard, each once. */
  readonly films: readonly Filmed[];
  readonly sounds: readonly Sound[];
  readonly channels: 1 | 2;
}

export interface ExtrasReport {
  /** What could not be made, in sentences: the tracks are there all the same. */
  readonly failures: readonly string[];
  /** It is a message in which nothing can be heard or seen. */
  readonly isEmpty: boolean;
}

/** What everybody gets beside the tracks. */
export const makeExtras = async (
  record: RecordingRecord,
  facts: ExtrasFacts,
  workshop: Workshop,
  onProgress: (share: number) => void,
): Promise<ExtrasReport> => {
  const failures: string[] = [];
  const attempt = async (failure: string, step: Promise<void>): Promise<void> => {
    try {
      await step;
    } catch (error) {
      if (workshop.signal.aborted || (await isDiskFull(error, workshop.folder))) throw error;
      failures.push(failure);
    }
  };
  const voices: Voice[] = [];
  let isEmpty = false;
  const makeAndMeasure = async (): Promise<void> => {
    const cut = record.voicemail === undefined ? undefined : await measureMessage(facts, workshop);
    isEmpty = cut === null;
    voices.push(...(await makeSound(facts, workshop, { onProgress, ...(cut && { cut }) })));
  };
  await attempt('The sound of everybody together could not be made.', makeAndMeasure());
  await attempt(
    'A picture to show the recording by could not be made.',
    makePicture(facts, workshop),
  );
  const { people, durationMs, happenings, spoken } = facts;
  await deliverDocument(workshop, {
    name: DOCUMENTS.speakers,
    kind: 'speakers',
    durationMs,
    content: speakersDocument(people, { spoken, voices, durationMs }),
  });
  if (record.consentRequired || happenings.answers.length > 0) {
    await deliverDocument(workshop, {
      name: DOCUMENTS.consent,
      kind: 'consent',
      durationMs: null,
      content: consentDocument(record, people, happenings),
    });
  }
  await deliverDocument(workshop, {
    name: 'checksums.json',
    kind: 'manifest',
    durationMs: null,
    content: checksumsDocument(record, workshop.files),
  });
  return { failures, isEmpty };
};

const makeSound = async (
  { sounds, channels, durationMs }: ExtrasFacts,
  workshop: Workshop,
  more: Pick<MixOptions, 'onProgress' | 'cut'>,
): Promise<Voice[]> => {
  if (sounds.length === 0 || durationMs === 0) return [];
  const lengthMs = mixLengthOf({ durationMs, ...more });
  const { peaks, loudness } = await mixSound(sounds, {
    ...workshop.ffmpeg,
    folder: workshop.bench,
    durationMs,
    channels,
    signal: workshop.signal,
    ...more,
  });
  await workshop.deliver(
    ...MIX_FILES.map(({ name, type }) => ({
      name,
      kind: 'audio' as const,
      participant: null,
      source: null,
      type,
      durationMs: lengthMs,
    })),
  );
  await deliverDocument(workshop, {
    name: 'peaks.json',
    kind: 'peaks',
    durationMs: lengthMs,
    content: peaks,
  });
  return sounds.map(({ participantId, source }, i) => ({
    participantId,
    source,
    lufs: loudness[i] ?? null,
  }));
};

const makePicture = async ({ films }: ExtrasFacts, workshop: Workshop): Promise<void> => {
  const path = workshop.draft('poster.jpg');
  const made = await makePoster(scenesOf(films), path, {
    ...workshop.ffmpeg,
    signal: workshop.signal,
  });
  if (!made) return;
  await workshop.deliver({
    name: 'poster.jpg',
    kind: 'poster',
    type: 'image/jpeg',
    participant: null,
    source: null,
    durationMs: null,
  });
};

interface Document {
  readonly name: string;
  readonly kind: FileKind;
  readonly durationMs: number | null;
  readonly content: object;
}

const deliverDocument = async (
  workshop: Workshop,
  { name, kind, durationMs, content }: Document,
): Promise<void> => {
  await writeFile(workshop.draft(name), JSON.stringify(content));
  await workshop.deliver({
    name,
    kind,
    durationMs,
    type: 'application/json',
    participant: null,
    source: null,
  });
};
