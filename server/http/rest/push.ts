import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { SignIn } from '../../accounts/Account.ts';
import type { People } from '../../accounts/People.ts';
import type {
  PushSubscriptionRecord,
  PushSubscriptions,
} from '../../accounts/PushSubscriptions.ts';
import type { Clock } from '../../base/Clock.ts';
import { PushIdSchema } from '../../protocol/ids.ts';
import {
  NewPushSubscriptionSchema,
  PushSchema,
  PushSubscriptionSchema,
} from '../../protocol/push.ts';
import { Allowance } from '../Allowance.ts';
import type { Access } from './Access.ts';
import { ACCESS_PROBLEMS, BODY_PROBLEMS, problems } from './problems.ts';
import { timeOf } from './recordingResource.ts';

/** Each is looked up: enough for a school behind one address, too few to look around with. */
const SUBSCRIBING = { times: 300, windowMs: 600_000 };

export interface PushRoutesOptions {
  readonly people: People;
  readonly subscriptions: PushSubscriptions;
  /** Of the server, base64url. */
  readonly publicKey: string;
  readonly access: Access;
  readonly clock: Clock;
}

/** No keys: what is bound to a sign-in takes one. */
const security = [{ cookie: [] }];
const tags = ['push'];

export const pushRoutes: FastifyPluginCallbackTypebox<PushRoutesOptions> = (
  app,
  { people: { signIns }, subscriptions, publicKey, access, clock },
  done,
) => {
  const subscribing = new Allowance({ ...SUBSCRIBING, clock });

  app.get(
    '/push',
    {
      schema: {
        operationId: 'getPush',
        summary: 'Where somebody is told of calls while no page is open: that person.',
        tags,
        security,
        response: { 200: PushSchema, ...problems('unauthorized', 'forbidden', 'not_found') },
      },
    },
    async (request) => {
      const { id } = await access.requireUser(request, 'me', 'readPush');
      const { signIn } = await access.requireIdentity(request);
      const all = await signIns.of(id);
      const resource = resourceOf(signIn, all);
      return { publicKey, subscriptions: (await subscriptions.of(id)).map(resource) };
    },
  );

  app.post(
    '/push',
    {
      schema: {
        operationId: 'addPush',
        summary: 'Tell this browser of calls until it signs out, in place of what it had before.',
        tags,
        security,
        body: NewPushSubscriptionSchema,
        response: {
          201: PushSubscriptionSchema,
          ...problems(...BODY_PROBLEMS, 'unauthorized', 'not_found', 'rate_limited'),
        },
      },
    },
    async (request, reply) => {
      await access.requireUser(request, 'me', 'editPush');
      const { signIn } = await access.requireIdentity(request);
      subscribing.check(request.ip);
      subscribing.spend(request.ip);
      const added = await subscriptions.add(signIn, request.body);
      return reply.code(201).send(resourceOf(signIn, [signIn])(added));
    },
  );

  app.delete(
    '/push/:id',
    {
      schema: {
        operationId: 'removePush',
        summary: 'Tell a browser of calls no more.',
        tags,
        security,
        params: Type.Object({ id: PushIdSchema }),
        response: {
          204: Type.Null({ description: 'It is told no more.' }),
          ...problems(...ACCESS_PROBLEMS),
        },
      },
    },
    async (request, reply) => {
      const { id } = await access.requireUser(request, 'me', 'editPush');
      await subscriptions.remove(id, request.params.id);
      return reply.code(204).send(null);
    },
  );

  done();
};

const resourceOf =
  (current: SignIn, all: readonly SignIn[]) =>
  ({ id, signInId, createdAt }: PushSubscriptionRecord) => ({
    id,
    device: all.find((signIn) => signIn.id === signInId)?.device ?? 'Unknown',
    createdAt: timeOf(createdAt),
    current: signInId === current.id,
  });
