import { signJoinToken } from '../../../server/accounts/tokens.ts';
import { SCOPES } from '../../../server/protocol/rest.ts';
import { ADMIN_KEY, TOKEN_SECRET } from '../httpOnly.ts';
import type { Neighbourhood } from './Neighbourhood.ts';

type Headers = Record<string, string>;

const bearer = (secret: string): Headers => ({ authorization: `Bearer ${secret}` });

const tokenFor = async (room: string, { edge }: Neighbourhood): Promise<Headers> => {
  const grants = { roomJoin: true };
  const options = { identity: 'greta', name: 'Greta', room, grants, ttlSeconds: 600 };
  return bearer((await signJoinToken(options, TOKEN_SECRET, edge.clock.now())).token);
};

const scopeOf = (scope: (typeof SCOPES)[number]) => async (here: Neighbourhood) =>
  bearer(await here.apiKey([scope]));

/** Who asks, by what a request of theirs carries; in the order of the columns of the table. */
export const ASKERS: Readonly<Record<string, (here: Neighbourhood) => Promise<Headers>>> = {
  nobody: async () => ({}),
  'expired key': async (here) => {
    const key = await here.apiKey([...SCOPES], 1);
    here.edge.clock.advance(1_000);
    return bearer(key);
  },
  'signed-out cookie': async (here) => ({ cookie: await here.signedOut() }),
  'cookie of a removed administrator': async (here) => ({ cookie: await here.removed() }),

  'guest of another room': (here) => tokenFor(here.edge.rooms.create({}).room.id, here),
  'guest of the room': (here) => tokenFor(here.own.room.id, here),
  'owner secret of the room': async ({ own }) => bearer(own.ownerSecret),

  member: async ({ mia }) => ({ cookie: mia.cookie }),
  owner: async ({ olga }) => ({ cookie: olga.cookie }),
  administrator: async ({ admin }) => ({ cookie: admin.cookie }),

  'rooms:read': scopeOf('rooms:read'),
  'rooms:write': scopeOf('rooms:write'),
  'recordings:read': scopeOf('recordings:read'),
  'recordings:write': scopeOf('recordings:write'),
  'people:read': scopeOf('people:read'),
  'people:write': scopeOf('people:write'),
  'admin key': async () => bearer(ADMIN_KEY),
};
