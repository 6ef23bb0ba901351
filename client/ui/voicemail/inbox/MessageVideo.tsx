import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Voicemail } from '../../../../server/protocol/voicemail.ts';
import { callerName } from './messageWords.ts';

type File = Voicemail['files'][number];

/** What every browser plays, once it is made; until then, and where that fails, as it was recorded. */
export const videosOf = ({ files }: Pick<Voicemail, 'files'>): readonly File[] => {
  const films = files.filter(
    ({ kind, type }) => kind === 'composite' || (kind === 'track' && type.startsWith('video/')),
  );
  return films.toSorted((a, b) => Number(b.kind === 'composite') - Number(a.kind === 'composite'));
};

export interface MessageVideoProps {
  readonly message: Voicemail;
  readonly onPlaying: () => void;
  readonly onOver: () => void;
}

/** Its caller, seen and heard, with the browser's own controls; nothing of a message without a picture. */
export const MessageVideo = ({
  message,
  onPlaying,
  onOver,
}: MessageVideoProps): JSX.Element | null => {
  // What becomes ready while it is played does not begin it anew.
  const [videos] = useState(() => videosOf(message));
  if (videos.length === 0) return null;
  const name = callerName(message);
  const poster = message.files.find(({ kind }) => kind === 'poster');
  return (
    <figure class="message-video">
      <video
        aria-label={`The message of ${name}`}
        {...(poster && { poster: `${poster.url}?disposition=inline` })}
        controls
        autoplay
        playsInline
        onPlaying={onPlaying}
        onEnded={onOver}
      >
        {videos.map(({ url, type }) => (
          <source key={url} src={`${url}?disposition=inline`} type={type} />
        ))}
      </video>
      <figcaption class="small-print">{name}</figcaption>
    </figure>
  );
};
