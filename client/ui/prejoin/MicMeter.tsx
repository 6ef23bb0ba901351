import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { LocalMedia } from '../media/LocalMedia.ts';
import { useLasting } from '../parts/hooks.ts';
import { useLevel } from '../media/useLevel.ts';

/** Above this somebody speaks, or something rustles: the microphone works. */
const HEARD = 0.12;

/** A permission that was given before needs no answer, and no words. */
const QUESTION_MS = 700;

const wordsFor = (media: LocalMedia, asked: boolean, heard: boolean): string => {
  const { microphone } = media;
  if (asked) return 'Your browser asks whether to use the microphone';
  if (microphone.isAsking.value) return '';
  if (microphone.track.value === null) return 'No microphone';
  if (!microphone.wanted.value) return 'Microphone is off';
  return heard ? 'We hear you' : 'No sound from this microphone yet';
};

/** A level to look at, and words that change only when the answer does. */
export const MicMeter = ({ media }: { media: LocalMedia }): JSX.Element => {
  const heard = useSignal(false);
  const track = media.microphone.isOn.value ? media.microphone.track.value : null;
  const level = useLevel(track);
  const asked = useLasting(media.microphone.isAsking.value, QUESTION_MS);
  useEffect(() => {
    heard.value = false;
  }, [heard, track]);
  useEffect(
    () =>
      level.subscribe((value) => {
        if (value > HEARD) heard.value = true;
      }),
    [heard, level],
  );
  return (
    <div class="meter-line">
      <span class="meter" aria-hidden="true">
        <span class="meter-fill" style={{ '--level': level.value.toFixed(2) }} />
      </span>
      <p role="status">{wordsFor(media, asked, heard.value)}</p>
    </div>
  );
};
