import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Voicemail } from '../../../../server/protocol/voicemail.ts';
import { inline } from './inline.ts';
import { callerName } from './messageWords.ts';
import type { MessagePlayer } from './player/MessagePlayer.ts';

type File = Voicemail['files'][number];

/** What every browser plays, once it is made; until then, and where that fails, as it was recorded. */
export const videosOf = ({ files }: Pick<Voicemail, 'files'>): readonly File[] => {
  const films = files.filter(
    ({ kind, type }) => kind === 'composite' || (kind === 'track' && type.startsWith('video/')),
  );
  return films.toSorted((a, b) => Number(b.kind === 'composite') - Number(a.kind === 'composite'));
};

/** Its caller, seen and heard; nothing of a message without a picture. */
export const MessageVideo = ({
  message,
  player,
}: {
  message: Voicemail;
  player: MessagePlayer;
}): JSX.Element | null => {
  // What becomes ready while it is played does not begin it anew.
  const [videos] = useState(() => videosOf(message));
  const ref = useRef<HTMLVideoElement>(null);
  useEffect(() => (ref.current === null ? undefined : player.attach(ref.current)), [player]);
  if (videos.length === 0) return null;
  const name = callerName(message);
  const poster = message.files.find(({ kind }) => kind === 'poster');
  return (
    <figure class="message-video">
      <video
        ref={ref}
        aria-label={`The message of ${name}`}
        {...(poster && { poster: inline(poster.url) })}
        preload="none"
        playsInline
        onClick={() => player.toggle()}
      >
        {videos.map(({ url, type }) => (
          <source key={url} src={inline(url)} type={type} />
        ))}
      </video>
      <figcaption class="small-print">{name}</figcaption>
    </figure>
  );
};
