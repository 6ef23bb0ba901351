import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

type Section = (typeof import('./PeopleSection.tsx'))['PeopleSection'];

/** Who there is to call; nothing, until its code has come. */
export const LazyPeopleSection = (): JSX.Element | null => {
  const [code, setCode] = useState<{ readonly Section: Section } | null>(null);
  useEffect(() => {
    import('./PeopleSection.tsx').then(
      ({ PeopleSection }) => setCode({ Section: PeopleSection }),
      // The page does without.
      () => {},
    );
  }, []);
  return code === null ? null : <code.Section />;
};
