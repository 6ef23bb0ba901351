import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import './prejoin.css';
import type { LocalMedia } from '../media/LocalMedia.ts';
import { Page } from '../parts/Page.tsx';
import { DevicePickers } from '../media/DevicePickers.tsx';
import { DeviceProblems } from '../media/DeviceProblems.tsx';
import { cleanName } from './displayName.ts';
import { Preview } from './Preview.tsx';
import { RecordingNotice } from './RecordingNotice.tsx';
import { useRoomNews } from './useRoomNews.ts';
import { WhoIsHere } from './WhoIsHere.tsx';
import { useYourName, YourName } from './YourName.tsx';

export interface PreJoinProps {
  room: string;
  media: LocalMedia;
  joining: boolean;
  /** `consent`: the answer to whether one may be recorded, if that was asked and answered. */
  onJoin: (name: string, consent: boolean | null) => void;
}

export const PreJoin = ({ room, media, joining, onJoin }: PreJoinProps): JSX.Element => {
  const name = useYourName();
  const [consent, setConsent] = useState<boolean | null>(null);
  const news = useRoomNews(room);
  const id = useId();
  const submit = (event: Event) => {
    event.preventDefault();
    const taken = name.take();
    if (taken !== undefined) onJoin(taken, consent);
  };
  return (
    <Page title={room} wide nav={false}>
      <div class="prejoin">
        <div class="prejoin-picture">
          <Preview media={media} name={cleanName(name.typed)} />
          <DeviceProblems media={media} beforeCall />
        </div>
        <div class="prejoin-entry">
          <WhoIsHere news={news} />
          <form class="prejoin-form" onSubmit={submit} noValidate>
            <YourName name={name} why="the others know who you are" />
            <RecordingNotice
              id={`${id}-recording`}
              news={news}
              consent={consent}
              onConsent={setConsent}
            />
            <button
              type="submit"
              class="button primary join"
              aria-busy={joining}
              aria-describedby={`${id}-recording`}
            >
              {joining ? 'Joining…' : 'Join'}
            </button>
          </form>
          <DevicePickers media={media} />
        </div>
      </div>
    </Page>
  );
};
