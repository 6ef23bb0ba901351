import type { FastifyInstance, HTTPMethods } from 'fastify';

const METHODS: readonly HTTPMethods[] = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
];

class MethodNotAllowedError extends Error {
  override readonly name = 'MethodNotAllowedError';
  readonly statusCode = 405;
}

/**
 * Fastify answers a wrong method with 404. This notes every route that is registered after it, and
 * the returned function, called once all are there, answers their other methods with 405 and Allow.
 */
export const watchMethods = (app: FastifyInstance): ((last: FastifyInstance) => void) => {
  const allowed = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    // The wildcard stands for files: what is no file is not found.
    if (url.endsWith('*')) return;
    const methods = allowed.get(url) ?? new Set();
    for (const name of [method].flat()) methods.add(name);
    allowed.set(url, methods);
  });
  return (last) => {
    for (const [url, methods] of allowed) refuseOthers(last, url, methods);
  };
};

const refuseOthers = (app: FastifyInstance, url: string, methods: ReadonlySet<string>): void => {
  const allow = [...methods].toSorted().join(', ');
  app.route({
    url,
    method: METHODS.filter((method) => !methods.has(method)),
    schema: { hide: true },
    // Before the body is looked at: whatever it is, it comes by the wrong door.
    onRequest: async (_request, reply) => {
      void reply.header('allow', allow);
      throw new MethodNotAllowedError();
    },
    handler: () => undefined,
  });
};
