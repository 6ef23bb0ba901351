import { buffer } from 'node:stream/consumers';
import type { SpokenSound, Transcriber, Transcription } from '../voicemail/Transcript.ts';
import { readAnswer } from './answer.ts';

export interface SpeechServiceOptions {
  /** Of the service, with or without the path of its interface. */
  readonly url: string;
  readonly key: string | undefined;
  readonly model: string;
  /** Given so much sound; longer is a service that hangs. */
  readonly timeLimitMs?: (durationMs: number) => number;
}

/** Without a graphics card it takes its time. */
const usualTimeLimitMs = (durationMs: number): number => 120_000 + durationMs * 4;
/** What services take at most. */
const MAX_SOUND_BYTES = 25 * 1024 * 1024;
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** Such as http://localhost:8000, http://localhost:8000/v1 or all of it. */
export const addressOf = (url: string): string => {
  const base = url.replace(/\/+$/, '');
  if (base.endsWith('/audio/transcriptions')) return base;
  return /\/v\d+$/.test(base) ? `${base}/audio/transcriptions` : `${base}/v1/audio/transcriptions`;
};

/**
 * A service that speaks OpenAI's interface for transcriptions, as whisper.cpp's server and others do. Its
 * address is the operator's, so it may well be on this machine.
 */
export class SpeechService implements Transcriber {
  readonly #options: SpeechServiceOptions;

  constructor(options: SpeechServiceOptions) {
    this.#options = options;
  }

  async transcribe(sound: SpokenSound, signal: AbortSignal): Promise<Transcription> {
    const { url, key, timeLimitMs = usualTimeLimitMs } = this.#options;
    const limit = AbortSignal.timeout(Math.ceil(timeLimitMs(sound.durationMs)));
    const answer = await fetch(addressOf(url), {
      method: 'POST',
      headers: {
        accept: 'application/json',
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
      },
      body: await this.#form(sound),
      // The key is for nobody else.
      redirect: 'error',
      signal: AbortSignal.any([signal, limit]),
    });
    if (!answer.ok) {
      await answer.body?.cancel();
      throw new Error(`The speech service answered ${answer.status}`);
    }
    return readAnswer(await textOf(answer), sound.durationMs);
  }

  async #form(sound: SpokenSound): Promise<FormData> {
    const { name, type, bytes } = sound;
    if (bytes > MAX_SOUND_BYTES) throw new Error('The sound is too large for a speech service');
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(await buffer(sound.read()))], { type }), name);
    form.set('model', this.#options.model);
    form.set('response_format', 'verbose_json');
    form.append('timestamp_granularities[]', 'word');
    form.append('timestamp_granularities[]', 'segment');
    return form;
  }
}

const textOf = async ({ body }: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) throw new Error('The speech service does not stop talking');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};
