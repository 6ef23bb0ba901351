import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { hueOf } from '../../../../server/protocol/likeness.ts';
import { durationClock } from '../../recording/words.ts';
import type { PlayerModel } from '../player/PlayerModel.ts';
import { lanePath, lanesOf, type Lane, type Speakers } from './speech.ts';
import { SpeechTable } from './SpeechTable.tsx';
import { loudness, wavePath, type PeaksFile } from './waveform.ts';

const COLUMNS = 250;

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** Its own component, so that the chart is not drawn anew while it plays. */
const Playhead = ({ model, durationMs }: { model: PlayerModel; durationMs: number }) => {
  const atMs = model.recordingMs.value;
  if (atMs === null) return null;
  return <span class="rp-playhead" style={{ '--share': String(Math.min(1, atMs / durationMs)) }} />;
};

const OwnClock = ({ model }: { model: PlayerModel }) =>
  model.recordingMs.value === null ? (
    <p class="small-print" role="status">
      What plays now is only a part of the call, so it cannot be followed here. Choose something
      else above to jump to a moment.
    </p>
  ) : null;

const LaneRow = ({ lane, durationMs }: { lane: Lane; durationMs: number }): JSX.Element => (
  <div class="rp-lane" style={{ '--hue': String(hueOf(lane.participantId)) }}>
    <span class="rp-lane-name">
      <span>{lane.name}</span>
      <span class="small-print">{percent(lane.share)}</span>
    </span>
    <svg viewBox="0 0 1000 10" preserveAspectRatio="none">
      <path d={lanePath(lane.turns, durationMs)} />
    </svg>
  </div>
);

/**
 * Who spoke when, to look at and to click; the keyboard has the position bar, the chapters and the
 * table for the same.
 */
export const SpeechChart = ({
  speakers,
  peaks,
  model,
}: {
  speakers: Speakers;
  peaks: PeaksFile | null;
  model: PlayerModel;
}): JSX.Element => {
  const durationMs = Math.max(1, speakers.durationMs);
  const lanes = useMemo(() => lanesOf(speakers), [speakers]);
  const wave = useMemo(
    () => (peaks === null ? null : wavePath(loudness(peaks, durationMs, COLUMNS))),
    [peaks, durationMs],
  );
  const seekTo = ({ clientX, currentTarget }: MouseEvent & { currentTarget: HTMLElement }) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    model.seekRecording(Math.min(1, Math.max(0, (clientX - left) / width)) * durationMs);
  };
  return (
    <section class="rp-part" aria-labelledby="rp-speech">
      <h2 id="rp-speech">Who spoke when</h2>
      <OwnClock model={model} />
      <div class="rp-chart" aria-hidden="true">
        {wave !== null && (
          <div class="rp-lane rp-wave">
            <span class="rp-lane-name" />
            <svg viewBox="0 0 1000 2" preserveAspectRatio="none">
              <path d={wave} />
            </svg>
          </div>
        )}
        {lanes.map((lane) => (
          <LaneRow key={lane.participantId} lane={lane} durationMs={durationMs} />
        ))}
        <div class="rp-plot" onClick={seekTo}>
          <Playhead model={model} durationMs={durationMs} />
        </div>
      </div>
      <div class="rp-lane rp-axis" aria-hidden="true">
        <span />
        <span>
          {[0, 0.25, 0.5, 0.75, 1].map((share) => (
            <span key={share}>{durationClock(share * durationMs)}</span>
          ))}
        </span>
      </div>
      <SpeechTable lanes={lanes} model={model} />
    </section>
  );
};
