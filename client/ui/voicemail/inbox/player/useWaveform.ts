import { useEffect, useState } from 'preact/hooks';
import type { Voicemail } from '../../../../../server/protocol/voicemail.ts';
import { watchedFetch } from '../../../people/session.ts';
import { loudness, wavePath, type PeaksFile } from '../../../recordings/chart/waveform.ts';
import type { MessagePlayer } from './MessagePlayer.ts';
import { silencesIn } from './silences.ts';

const COLUMNS = 90;
const STEP_MS = 50;

/** The message as a line of bars, before any of its sound is fetched; null: not yet, or there is none. */
export const useWaveform = (message: Voicemail, player: MessagePlayer): string | null => {
  const [path, setPath] = useState<string | null>(null);
  const url = message.files.find(({ kind }) => kind === 'peaks')?.url;
  useEffect(() => {
    if (url === undefined) return undefined;
    const gone = new AbortController();
    const draw = async () => {
      const response = await watchedFetch(url, { signal: gone.signal });
      if (!response.ok) return;
      // The server made it, in this format.
      const peaks = (await response.json()) as PeaksFile;
      const { durationMs } = player;
      const levels = loudness(peaks, durationMs, Math.ceil(durationMs / STEP_MS));
      player.silences = silencesIn({ stepMs: STEP_MS, levels });
      setPath(wavePath(loudness(peaks, durationMs, COLUMNS)));
    };
    // Without it there is a plain line.
    draw().catch(() => {});
    return () => gone.abort();
  }, [url, player]);
  return path;
};
