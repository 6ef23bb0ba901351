import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { AppError } from '../../base/AppError.ts';
import type { CallPlans } from '../../calls/CallPlans.ts';
import { CallPlanSchema, TrialResultSchema, TrialSchema } from '../../protocol/calls.ts';
import { foldUserName } from '../../protocol/people.ts';
import type { Access } from './Access.ts';
import { ACCESS_PROBLEMS, BODY_PROBLEMS, problems } from './problems.ts';
import { UserParamsSchema, userSecurity as security } from './users.ts';

export interface CallPlanRoutesOptions {
  readonly plans: CallPlans;
  readonly access: Access;
}

const tags = ['calls'];

export const callPlanRoutes: FastifyPluginCallbackTypebox<CallPlanRoutesOptions> = (
  app,
  { plans, access },
  done,
) => {
  app.get(
    '/users/:name/call-plan',
    {
      schema: {
        operationId: 'getCallPlan',
        summary: 'What happens to calls for somebody: that person, administrators.',
        tags,
        security,
        params: UserParamsSchema,
        response: { 200: CallPlanSchema, ...problems(...ACCESS_PROBLEMS) },
      },
    },
    async (request) => {
      const { id } = await access.requireUser(request, request.params.name, 'readCallPlan');
      return plans.of(id);
    },
  );

  app.put(
    '/users/:name/call-plan',
    {
      schema: {
        operationId: 'setCallPlan',
        summary: 'Lay down what happens to calls: forward, block.',
        tags,
        security,
        params: UserParamsSchema,
        body: CallPlanSchema,
        response: {
          200: CallPlanSchema,
          ...problems(...BODY_PROBLEMS, 'unauthorized', 'not_found', 'rate_limited'),
        },
      },
    },
    async (request) => {
      const account = await access.requireUser(request, request.params.name, 'editCallPlan');
      return plans.set(account, request.body);
    },
  );

  app.post(
    '/users/:name/call-plan/trial',
    {
      schema: {
        operationId: 'tryCallPlan',
        summary: 'What would happen if somebody called now, or then. Nothing rings.',
        tags,
        security,
        params: UserParamsSchema,
        body: TrialSchema,
        response: {
          200: TrialResultSchema,
          ...problems(...BODY_PROBLEMS, 'unauthorized', 'not_found', 'rate_limited'),
        },
      },
    },
    async (request) => {
      const account = await access.requireUser(request, request.params.name, 'readCallPlan');
      const { caller, at } = request.body;
      const name = caller === undefined ? null : foldUserName(caller);
      return plans.try(account, { name }, at === undefined ? undefined : timeIn(at));
    },
  );

  done();
};

/** AppError `bad_request` for a leap second, which has the right form and no time of its own here. */
const timeIn = (at: string): number => {
  const time = Date.parse(at);
  if (!Number.isNaN(time)) return time;
  throw new AppError('bad_request', 'There is no such time.', {
    fields: [{ pointer: '/at', message: 'must be a time with seconds from 0 to 59' }],
  });
};
