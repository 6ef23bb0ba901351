import { newId, type IdPrefix } from '../../../server/protocol/ids.ts';
import type { Belongings, Neighbourhood } from './Neighbourhood.ts';

/** Whose a thing is: Olga's, in the mailbox that she looks after with others, somebody else's, or nobody's because there is none. */
export type Which = 'own' | 'foreign' | 'absent' | 'shared';

type Find = (here: Neighbourhood, which: Which) => Promise<string>;

const found =
  (absent: string, find: (belongings: Belongings, here: Neighbourhood) => Promise<string>): Find =>
  async (here, which) =>
    which === 'absent' ? absent : find(here[which], here);

const existing =
  (prefix: IdPrefix, find: (here: Neighbourhood) => Promise<string>): Find =>
  async (here, which) =>
    which === 'absent' ? newId(prefix) : find(here);

const noSecret = 'x'.repeat(43);
const fileName = found('nothing.webm', async (its) => (await its.recording()).files[0]!.name);
const share = found(noSecret, async (its, here) => (await here.shareOf(its)).secret);
const recording = found(newId('rec'), async (its) => (await its.recording()).id);

/** What stands for each `{parameter}`: by the path up to and including it. */
const OBJECTS: Readonly<Record<string, Find>> = {
  '/rooms/{id}': found(newId('room'), async ({ room }) => room.id),
  '/rooms/{id}/participants/{pid}': found(newId('part'), (its) => its.guest()),
  '/recordings/{id}': recording,
  '/recordings/{id}/files/{name}': fileName,
  '/recordings/{id}/renders/{renderId}': found(newId('render'), async (its, here) =>
    here.renderOf(its),
  ),
  '/recordings/{id}/participants/{participantId}': found(
    newId('part'),
    async (its) => (await its.recording()).people[0]!.participantId,
  ),
  '/recordings/{id}/shares/{shareId}': found(
    newId('share'),
    async (its, here) => (await here.shareOf(its)).id,
  ),
  '/shares/{secret}': share,
  '/shares/{secret}/files/{name}': fileName,
  '/keys/{id}': existing('key', async ({ edge }) => {
    return (await edge.apiKeys.create({ name: 'a', scopes: ['rooms:read'] })).key.id;
  }),
  '/webhooks/{id}': existing('hook', async ({ edge }) => {
    const id = newId('hook');
    await edge.webhookStore.add({
      id,
      url: 'https://nowhere.invalid/',
      events: null,
      secret: 'whsec_',
      createdAt: 0,
      disabledAt: null,
    });
    return id;
  }),
  '/invitations/{id}': existing('invite', async ({ edge }) => {
    return (await edge.people.invitations.create({})).invitation.id;
  }),
  '/users/{name}': found('nobody-here', async ({ owner }) => owner.name),
  '/users/{name}/sign-ins/{id}': found(newId('signin'), (its, here) => here.signInOf(its)),
  '/push/{id}': found(newId('push'), (its, here) => here.pushOf(its)),
  '/calls/{id}': found(newId('call'), (its) => its.call()),
  '/voicemails/{id}': found(newId('vm'), (its) => its.message()),
  '/voicemails/{id}/files/{name}': fileName,
  '/voicemails/{id}/shares/{shareId}': found(newId('share'), (its, here) =>
    here.messageShareOf(its),
  ),
  '/mailboxes/{name}': found('nobody-here', async ({ owner }) => owner.name),
  '/mailboxes/{name}/members/{user}': found('nobody-here', async (its, here) => here.memberOf(its)),
  '/greetings/{kind}': found('name', (its) => its.greeting()),
};

/** A path with things in it; the first is `which`, those within it are `within`. */
export const fill = async (
  template: string,
  here: Neighbourhood,
  which: Which,
  within: Which = which,
): Promise<string> => {
  let path = '';
  let shape = '';
  let whose = which;
  for (const part of template.split('/').slice(1)) {
    shape += `/${part}`;
    if (!part.startsWith('{')) {
      path += `/${part}`;
      continue;
    }
    const find = OBJECTS[shape];
    if (!find) throw new Error(`What stands for ${shape}?`);
    path += `/${await find(here, whose)}`;
    whose = within;
  }
  return path;
};
