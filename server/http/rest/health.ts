import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { HealthSchema } from '../../protocol/rest.ts';
import { problems } from './problems.ts';

/** True when all is well; false, a rejection or silence when not. */
export type Check = () => boolean | Promise<boolean>;

/** A check that takes longer has failed: whoever asks has a timeout too. */
const CHECK_TIMEOUT_MS = 2_000;

export interface HealthRoutesOptions {
  readonly checks: Readonly<Record<string, Check>>;
  readonly version: string;
}

const tags = ['operations'];

export const healthRoutes: FastifyPluginCallbackTypebox<HealthRoutesOptions> = (
  app,
  { checks, version },
  done,
) => {
  app.get(
    '/healthz',
    {
      logLevel: 'warn',
      schema: {
        operationId: 'getHealth',
        summary: 'Is the process there?',
        tags,
        response: { 200: HealthSchema, ...problems() },
      },
    },
    () => ({ status: 'ok' as const, checks: {} }),
  );

  app.get(
    '/readyz',
    {
      logLevel: 'warn',
      schema: {
        operationId: 'getReadiness',
        summary: 'Should people be sent here?',
        tags,
        response: { ...problems(), 200: HealthSchema, 503: HealthSchema },
      },
    },
    async (_request, reply) => {
      const results = await Promise.all(
        Object.entries(checks).map(async ([name, check]) => [name, await passes(check)] as const),
      );
      const ok = results.every(([, passed]) => passed);
      const health = { status: ok ? ('ok' as const) : ('failing' as const) };
      return reply.code(ok ? 200 : 503).send({ ...health, checks: Object.fromEntries(results) });
    },
  );

  app.get(
    '/version',
    {
      schema: {
        operationId: 'getVersion',
        tags,
        response: {
          200: Type.Object({ name: Type.String(), version: Type.String() }),
          ...problems(),
        },
      },
    },
    () => ({ name: 'roomtone', version }),
  );

  done();
};

const passes = async (check: Check): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, CHECK_TIMEOUT_MS, false);
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
};
