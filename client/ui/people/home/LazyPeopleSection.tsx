import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PeopleSection } from './PeopleSection.tsx';

/** Who there is to call; nothing, until its code has come. */
export const LazyPeopleSection = (): JSX.Element | null => {
  const [code, setCode] = useState<{ readonly Section: typeof PeopleSection } | null>(null);
  useEffect(() => {
    import('./PeopleSection.tsx').then(
      (there) => setCode({ Section: there.PeopleSection }),
      // The page does without.
      () => {},
    );
  }, []);
  return code === null ? null : <code.Section />;
};
