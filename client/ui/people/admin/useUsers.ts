import { useCallback, useEffect, useState } from 'preact/hooks';
import type { User } from '../../../../server/protocol/people.ts';
import { peopleClient } from '../client.ts';

/** All accounts, as the server has them. */
export const useUsers = () => {
  const [users, setUsers] = useState<readonly User[]>([]);
  const [state, setState] = useState<'looking' | 'known' | 'failed'>('looking');
  const look = useCallback(async () => {
    try {
      setUsers(await peopleClient.users());
      setState('known');
    } catch {
      setState('failed');
    }
  }, []);
  useEffect(() => void look(), [look]);
  return { users, state, look };
};
