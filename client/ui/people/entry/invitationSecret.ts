import { useEffect, useState } from 'preact/hooks';

const SECRET = /^#([\w-]{43})$/;

/** Takes it out of the address bar: neither history nor whoever looks on shall have it. */
const takeSecret = (): string | null => {
  const secret = SECRET.exec(location.hash)?.[1] ?? null;
  if (location.hash !== '') history.replaceState(null, '', location.pathname);
  return secret;
};

/** The secret of the invitation that this page was opened with, or is opened with later. */
export const useInvitationSecret = (): string | null => {
  const [secret, setSecret] = useState(takeSecret);
  useEffect(() => {
    const onHash = () => {
      if (location.hash !== '') setSecret(takeSecret());
    };
    addEventListener('hashchange', onHash);
    return () => removeEventListener('hashchange', onHash);
  }, []);
  return secret;
};
