import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { RecordingId } from '../../../../server/protocol/ids.ts';
import type { RenderResource } from '../../../../server/protocol/renders.ts';
import { recordingsClient } from '../client.ts';
import { usePoll } from '../../parts/usePoll.ts';

const POLL_MS = 2_000;

export interface Renders {
  /** `none`: this server, or this visitor, has nothing to do with renders. */
  readonly list: readonly RenderResource[] | 'looking' | 'none';
  readonly look: () => Promise<void>;
}

const isUnderWay = ({ state }: RenderResource): boolean =>
  state === 'queued' || state === 'rendering';

const filesOf = (list: Renders['list']): string =>
  typeof list === 'string' ? '' : list.flatMap(({ file }) => file ?? []).join();

/** Renders as they come along. `onFiles`: one more, or one less, has a file. */
export const useRenders = (
  id: RecordingId,
  bearer: string | null,
  onFiles: () => Promise<void>,
): Renders => {
  const [list, setList] = useState<Renders['list']>(bearer === null ? 'none' : 'looking');
  const files = useRef<string | null>(null);
  const look = useCallback(async () => {
    if (bearer === null) return;
    try {
      const items = await recordingsClient.renders(id, bearer);
      const now = filesOf(items);
      // First the files, so that no render is called ready that cannot be played yet.
      if (files.current !== null && files.current !== now) await onFiles();
      files.current = now;
      setList(items);
    } catch {
      setList((old) => (old === 'looking' ? 'none' : old));
    }
  }, [id, bearer, onFiles]);
  useEffect(() => void look(), [look]);
  usePoll(() => void look(), Array.isArray(list) && list.some(isUnderWay) ? POLL_MS : null);
  return { list, look };
};
