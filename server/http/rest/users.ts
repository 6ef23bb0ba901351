import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { People } from '../../accounts/People.ts';
import { passwordFits } from '../../accounts/passwords.ts';
import { AppError } from '../../base/AppError.ts';
import type { Presences } from '../../calls/Presences.ts';
import { SignInIdSchema } from '../../protocol/ids.ts';
import {
  NewUserSchema,
  PersonPageSchema,
  PersonSchema,
  SignInPageSchema,
  UserNameSchema,
  UserPageSchema,
  UserPatchSchema,
  UserSchema,
} from '../../protocol/people.ts';
import type { PasswordGuard } from '../PasswordGuard.ts';
import type { Access } from './Access.ts';
import { PageQuerySchema, pageOf } from './paging.ts';
import { signInResource, otherResource, userResource } from './peopleResources.ts';
import { ACCESS_PROBLEMS, BODY_PROBLEMS, problems } from './problems.ts';

export interface UserRoutesOptions {
  readonly people: People;
  readonly presences: Presences;
  readonly access: Access;
  readonly guard: PasswordGuard;
}

export const userSecurity = [{ bearer: [] }, { cookie: [] }];
export const UserParamsSchema = Type.Object({
  name: Type.Unsafe<string>({ ...UserNameSchema, description: 'The user name; `me`: who asks.' }),
});
const security = userSecurity;
const tags = ['people'];

export const userRoutes: FastifyPluginCallbackTypebox<UserRoutesOptions> = (
  app,
  { people, presences, access, guard },
  done,
) => {
  const { accounts, signIns } = people;

  app.get(
    '/people',
    {
      schema: {
        operationId: 'listPeople',
        summary: 'Who can be called: everybody who is signed in. Oldest first.',
        tags,
        security,
        querystring: Type.Object({
          ...PageQuerySchema.properties,
          q: Type.Optional(
            Type.String({ maxLength: 64, description: 'Part of a name, in any case.' }),
          ),
        }),
        response: {
          200: PersonPageSchema,
          ...problems('bad_request', 'unauthorized', 'forbidden', 'rate_limited'),
        },
      },
    },
    async (request) => {
      await access.require(request, 'listPeople');
      const viewer = (await access.identity(request))?.account;
      const q = request.query.q?.toLowerCase() ?? '';
      const found = (await accounts.all()).filter(
        ({ name, displayName }) => name.includes(q) || displayName.toLowerCase().includes(q),
      );
      const { items, nextCursor } = pageOf(found, request.query);
      return { items: items.map((person) => presences.seenBy(person, viewer)), nextCursor };
    },
  );

  app.get(
    '/users',
    {
      schema: {
        operationId: 'listUsers',
        summary: 'All accounts, oldest first: administrators.',
        tags,
        security,
        querystring: PageQuerySchema,
        response: {
          200: UserPageSchema,
          ...problems('bad_request', 'unauthorized', 'forbidden', 'rate_limited'),
        },
      },
    },
    async (request) => {
      await access.require(request, 'listUsers');
      const { items, nextCursor } = pageOf(await accounts.all(), request.query);
      return { items: items.map(otherResource), nextCursor };
    },
  );

  app.post(
    '/users',
    {
      schema: {
        operationId: 'createUser',
        summary:
          'Make an account: administrators. Without a password it is a mailbox that others look after. See also invitations.',
        tags,
        security,
        body: NewUserSchema,
        response: {
          201: UserSchema,
          ...problems(...BODY_PROBLEMS, 'unauthorized', 'wrong_state', 'rate_limited'),
        },
      },
    },
    async (request, reply) => {
      await access.require(request, 'createUser');
      if (request.body.role === 'admin') await access.require(request, 'manageAdmins');
      const account = await accounts.create(request.body);
      void reply.code(201).header('location', `/api/v1/users/${account.name}`);
      return reply.send(otherResource(account));
    },
  );

  app.get(
    '/users/:name',
    {
      schema: {
        operationId: 'getUser',
        summary: 'An account: its owner, administrators.',
        tags,
        security,
        params: UserParamsSchema,
        response: { 200: UserSchema, ...problems(...ACCESS_PROBLEMS) },
      },
    },
    async (request) => {
      const { account, isSelf } = await access.askerOfUser(
        request,
        request.params.name,
        'readUser',
      );
      return isSelf ? userResource(account) : otherResource(account);
    },
  );

  app.patch(
    '/users/:name',
    {
      schema: {
        operationId: 'updateUser',
        summary: 'Change an account: its owner; the role: administrators.',
        tags,
        security,
        params: UserParamsSchema,
        body: UserPatchSchema,
        response: {
          200: UserSchema,
          ...problems(...BODY_PROBLEMS, 'unauthorized', 'not_found', 'wrong_state', 'rate_limited'),
        },
      },
    },
    async (request) => {
      const { currentPassword, ...patch } = request.body;
      const asker = await access.askerOfUser(request, request.params.name, 'updateUser');
      const { account, isSelf, may } = asker;
      if (patch.role !== undefined && !may('manageAdmins')) throw cannotChangeRole();
      if (patch.settings?.mailAddress !== undefined && !isSelf && !may('editVoicemail')) {
        throw cannotRedirectMail();
      }
      if (patch.password !== undefined && isSelf && account.passwordHash !== null) {
        guard.check(request.ip, account.name);
        guard.spend(request.ip, account.name);
        if (!(await passwordFits(currentPassword ?? '', account.passwordHash))) {
          throw wrongPassword();
        }
        guard.pass(request.ip, account.name);
      }
      const changed = await accounts.update(account.id, patch);
      if (patch.password !== undefined) {
        await signIns.endAll(account.id, (await access.identity(request))?.signIn.id);
      }
      return isSelf ? userResource(changed) : otherResource(changed);
    },
  );

  app.delete(
    '/users/:name',
    {
      schema: {
        operationId: 'deleteUser',
        summary: 'Remove an account, and sign it out everywhere: its owner, administrators.',
        tags,
        security,
        params: UserParamsSchema,
        response: {
          204: Type.Null({ description: 'Removed.' }),
          ...problems(...ACCESS_PROBLEMS, 'wrong_state'),
        },
      },
    },
    async (request, reply) => {
      const { id } = await access.requireUser(request, request.params.name, 'removeUser');
      await accounts.remove(id);
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/users/:name/presence',
    {
      schema: {
        operationId: 'getPresence',
        summary: 'Whether somebody can be reached, for who may see it (a setting of theirs).',
        tags,
        security: [{}, ...security],
        params: UserParamsSchema,
        response: { 200: PersonSchema, ...problems(...ACCESS_PROBLEMS) },
      },
    },
    async (request) => {
      const person = await access.personIn(request, request.params.name);
      return presences.seenBy(person.account, person.viewer, person.seesAll);
    },
  );

  app.get(
    '/users/:name/sign-ins',
    {
      schema: {
        operationId: 'listSignIns',
        summary: 'The browsers in which somebody is signed in: that person, administrators.',
        tags,
        security,
        params: UserParamsSchema,
        querystring: PageQuerySchema,
        response: { 200: SignInPageSchema, ...problems('bad_request', ...ACCESS_PROBLEMS) },
      },
    },
    async (request) => {
      const account = await access.requireUser(request, request.params.name, 'readSignIns');
      const current = (await access.identity(request))?.signIn;
      const { items, nextCursor } = pageOf(await signIns.of(account.id), request.query);
      return { items: items.map((signIn) => signInResource(signIn, current)), nextCursor };
    },
  );

  app.delete(
    '/users/:name/sign-ins/:id',
    {
      schema: {
        operationId: 'endSignIn',
        summary: 'Sign out in one browser: that person, administrators.',
        tags,
        security,
        params: Type.Object({ ...UserParamsSchema.properties, id: SignInIdSchema }),
        response: {
          204: Type.Null({ description: 'Signed out there.' }),
          ...problems(...ACCESS_PROBLEMS),
        },
      },
    },
    async (request, reply) => {
      const account = await access.requireUser(request, request.params.name, 'endSignIn');
      await signIns.end(account.id, request.params.id);
      return reply.code(204).send(null);
    },
  );

  done();
};

/** Whoever chose where the messages of others go would hear them. */
const cannotRedirectMail = (): AppError =>
  new AppError('forbidden', 'Where people get their mail is theirs to say.');

const cannotChangeRole = (): AppError =>
  new AppError('forbidden', 'Only administrators change roles.');

const wrongPassword = (): AppError =>
  new AppError('bad_request', 'The current password is wrong.', {
    fields: [{ pointer: '/currentPassword', message: 'must be the password there is now' }],
  });
