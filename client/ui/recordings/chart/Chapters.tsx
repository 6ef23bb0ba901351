import type { JSX } from 'preact';
import { hueOf } from '../../../../server/protocol/likeness.ts';
import { durationClock } from '../../recording/words.ts';
import type { PlayerModel } from '../player/PlayerModel.ts';
import type { Chapter } from './speech.ts';

const currentOf = (chapters: readonly Chapter[], atMs: number | null): Chapter | undefined =>
  atMs === null ? undefined : chapters.findLast(({ fromMs }) => fromMs <= atMs + 50);

/** Who held the floor, one after another; each leads there. */
export const Chapters = ({
  chapters,
  model,
}: {
  chapters: readonly Chapter[];
  model: PlayerModel;
}): JSX.Element => {
  const atMs = model.recordingMs.value;
  const current = currentOf(chapters, atMs);
  return (
    <section class="rp-chapters" aria-labelledby="rp-chapters">
      <h2 id="rp-chapters">Chapters</h2>
      <ol>
        {chapters.map((chapter) => {
          const { fromMs, toMs, name, participantId } = chapter;
          return (
            <li key={fromMs} style={{ '--hue': String(hueOf(participantId)) }}>
              <button
                type="button"
                aria-current={chapter === current}
                aria-disabled={atMs === null}
                onClick={() => model.seekRecording(fromMs)}
              >
                <span class="rp-chapter-time">{durationClock(fromMs)}</span>
                <span class="rp-chapter-name">{name}</span>
                <span class="small-print">{durationClock(toMs - fromMs)}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
};
