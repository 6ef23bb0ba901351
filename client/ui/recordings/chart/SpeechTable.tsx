import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { durationClock } from '../../recording/words.ts';
import type { PlayerModel } from '../player/PlayerModel.ts';
import type { Lane } from './speech.ts';

/** More would be a page of its own; the rest is in speakers.json. */
const MOST_TURNS = 200;

const turnsOf = (lanes: readonly Lane[]) =>
  lanes
    .flatMap(({ name, turns }) => turns.map((turn) => ({ name, ...turn })))
    .toSorted((a, b) => a.fromMs - b.fromMs);

/** The chart in words, for who does not see it and for who would rather read. */
export const SpeechTable = ({
  lanes,
  model,
}: {
  lanes: readonly Lane[];
  model: PlayerModel;
}): JSX.Element => {
  const [open, setOpen] = useState(false);
  const turns = open ? turnsOf(lanes) : [];
  if (lanes.every(({ talkMs }) => talkMs === 0)) {
    return <p class="small-print">Nobody was heard to speak.</p>;
  }
  return (
    <>
      <div class="vh">
        <table>
          <caption>Share of talk</caption>
          <tbody>
            {lanes.map(({ participantId, name, share, talkMs }) => (
              <tr key={participantId}>
                <th scope="row">{name}</th>
                <td>{Math.round(share * 100)} %</td>
                <td>{durationClock(talkMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>As a table</summary>
        <table class="rp-table">
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col">Who</th>
            </tr>
          </thead>
          <tbody>
            {turns.slice(0, MOST_TURNS).map(({ name, fromMs, toMs }) => (
              <tr key={`${fromMs} ${name}`}>
                <td>
                  <button
                    type="button"
                    class="rp-jump"
                    aria-label={`Go to ${durationClock(fromMs)}, ${name}`}
                    onClick={() => model.seekRecording(fromMs)}
                  >
                    {durationClock(fromMs)}
                  </button>
                </td>
                <td>{durationClock(toMs)}</td>
                <td>{name}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {turns.length > MOST_TURNS && (
          <p class="small-print">
            The first {MOST_TURNS} of {turns.length}. All of them are in speakers.json.
          </p>
        )}
      </details>
    </>
  );
};
