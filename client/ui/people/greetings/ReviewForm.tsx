import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { GreetingKind } from '../../../../server/protocol/greetings.ts';
import { Choice } from '../../parts/Choice.tsx';
import { Form } from '../../parts/Form.tsx';
import { useForm } from '../../parts/useForm.ts';
import { LANGUAGE_CHOICES, refusedWords } from './greetingWords.ts';
import { PlayButton } from './PlayButton.tsx';
import { useEnd } from './useEnd.tsx';
import { greetingsClient } from './useGreetings.ts';

const useUrl = (sound: Blob): string | null => {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(sound);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [sound]);
  return url;
};

/** What was recorded or chosen is heard before callers hear it. */
export const ReviewForm = ({
  kind,
  sound,
  onKept,
  onAgain,
  onDiscard,
}: {
  kind: GreetingKind;
  sound: Blob;
  onKept: () => Promise<void>;
  onAgain: (() => void) | null;
  onDiscard: () => void;
}): JSX.Element => {
  const [language, setLanguage] = useState('');
  const control = useForm<'until'>();
  const end = useEnd(control);
  const url = useUrl(sound);
  const words = useRef<HTMLParagraphElement>(null);
  useEffect(() => words.current?.focus(), []);
  const keep = async () => {
    const until = kind === 'temporary' ? end.read() : null;
    if (kind === 'temporary' && until === null) return;
    await control.send(async () => {
      const key = { kind, language: language === '' ? null : language };
      await greetingsClient.set({ ...key, until, sound });
      await onKept();
    }, refusedWords);
  };
  return (
    <Form
      control={control}
      class="greeting-form"
      submit="Keep"
      onSubmit={() => void keep()}
      beside={
        <>
          {onAgain && (
            <button type="button" class="button" onClick={onAgain}>
              Record again
            </button>
          )}
          <button type="button" class="button quiet" onClick={onDiscard}>
            Discard
          </button>
        </>
      }
    >
      <p ref={words} tabIndex={-1}>
        Not kept yet. Listen to it first: silence at its ends is cut, and it is made as loud as
        others.
      </p>
      {url !== null && (
        <div class="button-row">
          <PlayButton src={url} what="the new greeting" class="button" />
        </div>
      )}
      <div class="pp-pair">
        <Choice
          label="Who hears it"
          value={language}
          options={LANGUAGE_CHOICES}
          onChange={setLanguage}
        />
        {kind === 'temporary' && end.field}
      </div>
    </Form>
  );
};
