import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordingResource } from '../../../server/protocol/recordings.ts';
import { decodeRecording, type Decoded } from './decodeRecording.ts';
import type { Taping } from './expectation.ts';
import { judgeArchive, type ArchiveVerdict, type JudgeOptions } from './judge.ts';
import type { RecordingApi } from './RecordingApi.ts';
import type { TruthPeer } from './TruthPeer.ts';

export interface RecordingTrial extends Pick<JudgeOptions, 'arrivalsOf'> {
  readonly api: RecordingApi;
  readonly recording: RecordingResource;
  readonly taping: Taping;
  /** With different names. */
  readonly peers: readonly TruthPeer[];
}

export interface JudgedArchive {
  readonly peer: TruthPeer;
  readonly source: 'camera' | 'screen';
  readonly decoded: Decoded;
  readonly verdict: ArchiveVerdict;
}

/**
 * Downloads each track file, decodes it and compares it with what its sender sent. A person without
 * a file is judged by an empty one: all that had to be there is missing.
 */
export const judgeRecording = async (trial: RecordingTrial): Promise<JudgedArchive[]> => {
  const { api, recording, peers, ...rest } = trial;
  const folder = mkdtempSync(join(tmpdir(), 'roomtone-truth-'));
  const judged: JudgedArchive[] = [];
  try {
    for (const peer of peers) {
      for (const source of ['camera', 'screen'] as const) {
        if (source === 'screen' && !peer.tracks.some((track) => track.source === source)) continue;
        const files = recording.files.filter(
          (file) =>
            file.kind === 'track' && file.source === source && file.participant?.name === peer.name,
        );
        if (files.length > 1) throw new Error(`${peer.name} has ${files.length} ${source} files`);
        const [file] = files;
        const decoded = file
          ? await decodeRecording(await api.download(file, folder))
          : { video: null, audio: null };
        const verdict = judgeArchive({ ...rest, peer, source, decoded });
        judged.push({ peer, source, decoded, verdict });
      }
    }
    return judged;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
