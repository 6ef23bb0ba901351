import { useEffect, useState } from 'preact/hooks';
import type { RecordingResource } from '../../../../server/protocol/recordings.ts';
import { fileOf } from '../../recording/shareLinks.ts';
import type { Speakers } from '../chart/speech.ts';
import type { PeaksFile } from '../chart/waveform.ts';

interface Documents {
  readonly speakers: Speakers;
  readonly peaks: PeaksFile;
}

/** A JSON file of the recording; null while it is not there, or if it cannot be had. */
export const useDocument = <K extends keyof Documents>(
  { files }: RecordingResource,
  kind: K,
  secret: string,
): Documents[K] | null => {
  const [content, setContent] = useState<Documents[K] | null>(null);
  const name = files.find((file) => file.kind === kind)?.name;
  useEffect(() => {
    if (name === undefined) return undefined;
    const gone = new AbortController();
    const load = async () => {
      const answer = await fetch(fileOf(secret, name), { signal: gone.signal });
      // Written by the server that also made these pages.
      if (answer.ok) setContent((await answer.json()) as Documents[K]);
    };
    load().catch(() => {
      // The chart is left out; all else works.
    });
    return () => gone.abort();
  }, [name, secret]);
  return content;
};
