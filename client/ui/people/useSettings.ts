import { useState } from 'preact/hooks';
import type { PersonSettings, User } from '../../../server/protocol/people.ts';
import { showToast } from '../parts/toasts.ts';
import { failureWords } from './failureWords.ts';
import { peopleClient } from './client.ts';
import { setMe } from './session.ts';

/** Settings that are kept at once; until the server has them they show what was chosen last. */
export const useSettings = (
  user: User,
): {
  readonly shown: PersonSettings;
  readonly keep: (patch: Partial<PersonSettings>) => Promise<void>;
} => {
  const [wanted, setWanted] = useState<{ readonly patch: Partial<PersonSettings> }>({ patch: {} });
  const keep = async (patch: Partial<PersonSettings>) => {
    const mine = { patch: { ...wanted.patch, ...patch } };
    setWanted(mine);
    try {
      setMe(await peopleClient.updateUser('me', { settings: patch }));
      showToast('Saved.', { topic: 'settings' });
    } catch (error) {
      showToast(failureWords(error), { kind: 'error', topic: 'settings' });
    } finally {
      setWanted((newest) => (newest === mine ? { patch: {} } : newest));
    }
  };
  return { shown: { ...user.settings, ...wanted.patch }, keep };
};
