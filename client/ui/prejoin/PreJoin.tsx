import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import './prejoin.css';
import type { LocalMedia } from '../media/LocalMedia.ts';
import { Page } from '../parts/Page.tsx';
import { recall, remember } from '../parts/memory.ts';
import { DevicePickers } from '../media/DevicePickers.tsx';
import { DeviceProblems } from '../media/DeviceProblems.tsx';
import { cleanName } from './displayName.ts';
import { Preview } from './Preview.tsx';
import { RecordingNotice } from './RecordingNotice.tsx';
import { useRoomNews } from './useRoomNews.ts';
import { WhoIsHere } from './WhoIsHere.tsx';

const NAME = 'name';

export interface PreJoinProps {
  room: string;
  media: LocalMedia;
  joining: boolean;
  /** `consent`: the answer to whether one may be recorded, if that was asked and answered. */
  onJoin: (name: string, consent: boolean | null) => void;
}

export const PreJoin = ({ room, media, joining, onJoin }: PreJoinProps): JSX.Element => {
  const [name, setName] = useState(recall(NAME) ?? '');
  const [missing, setMissing] = useState(false);
  const [consent, setConsent] = useState<boolean | null>(null);
  const news = useRoomNews(room);
  const nameRef = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => {
    // On a phone the keyboard would cover the page.
    if (recall(NAME) === null && matchMedia('(pointer: fine)').matches)
      nameRef.current?.focus({ preventScroll: true });
  }, []);

  const submit = (event: Event) => {
    event.preventDefault();
    const clean = cleanName(name);
    if (clean === '') {
      setMissing(true);
      nameRef.current?.focus();
      return;
    }
    remember(NAME, clean);
    onJoin(clean, consent);
  };
  return (
    <Page title={room} wide nav={false}>
      <div class="prejoin">
        <div class="prejoin-picture">
          <Preview media={media} name={cleanName(name)} />
          <DeviceProblems media={media} beforeCall />
        </div>
        <div class="prejoin-entry">
          <WhoIsHere news={news} />
          <form class="prejoin-form" onSubmit={submit} noValidate>
            <div class="field">
              <label for={id}>Your name</label>
              <input
                ref={nameRef}
                id={id}
                class="input"
                name="name"
                autocomplete="name"
                autocapitalize="words"
                spellcheck={false}
                enterkeyhint="go"
                maxLength={64}
                value={name}
                aria-invalid={missing}
                aria-describedby={missing ? `${id}-error` : undefined}
                onInput={(event) => {
                  setName(event.currentTarget.value);
                  setMissing(false);
                }}
              />
              {missing && (
                <p class="error-text" id={`${id}-error`}>
                  Please type a name, so that the others know who you are.
                </p>
              )}
            </div>
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
