import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { httpOnly } from '../support/httpOnly.ts';

interface Operation {
  operationId: string;
  security?: unknown[];
  parameters?: { name: string; in: string }[];
  requestBody?: unknown;
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>;
}
interface Description {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> };
}

/** Not REST: screens, files, and the description itself. */
const UNDESCRIBED = new Set([
  'GET /api/v1/openapi.json',
  'GET /',
  'GET /r/{room}',
  'GET /call/{user}',
  'GET /calls',
  'GET /signin',
  'GET /invitation',
  'GET /voicemail',
  'GET /recordings',
  'GET /recordings/{id}',
  'GET /settings',
  'GET /calls',
  'GET /signin',
  'GET /invitation',
  'GET /admin',
]);

const expectedStatuses = ({ security, parameters, requestBody }: Operation): string[] => [
  '500',
  ...(requestBody ? ['400', '403', '413', '415'] : []),
  ...(security ? ['401'] : []),
  ...(parameters?.some((one) => one.in === 'path') ? ['404'] : []),
  ...(parameters?.some((one) => one.in === 'query') ? ['400'] : []),
];

describe('the description of the API', () => {
  const routes = new Set<string>();
  let app: FastifyInstance;
  let api: Description;
  let operations: [name: string, operation: Operation][];

  beforeAll(async () => {
    ({ app } = await httpOnly({
      register: (instance) => {
        instance.addHook('onRoute', ({ method, url, schema, onRequest }) => {
          const refuses = schema?.hide === true && onRequest !== undefined;
          if (refuses || url === '*' || url.endsWith('*')) return;
          const path = url.replaceAll(/:(\w+)/g, '{$1}');
          for (const name of [method].flat()) if (name !== 'HEAD') routes.add(`${name} ${path}`);
        });
      },
    }));
    const response = await app.inject({ url: '/api/v1/openapi.json' });
    api = response.json<Description>();
    operations = Object.entries(api.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, Operation] => [
        `${method.toUpperCase()} ${path}`,
        operation,
      ]),
    );
  });
  afterAll(() => app.close());

  it('is OpenAPI 3.1 with bearer credentials', () => {
    expect(api.openapi).toMatch(/^3\.1\./);
    expect(api.components.securitySchemes['bearer']).toMatchObject({ scheme: 'bearer' });
    expect(api.components.schemas['Problem']).toMatchObject({ type: 'object' });
  });

  it('holds every route and no other', () => {
    const described = operations.map(([name]) => name);
    const expected = [...routes].filter((name) => !UNDESCRIBED.has(name));
    expect(described.toSorted()).toEqual(expected.toSorted());
    expect(described).toContain('DELETE /api/v1/rooms/{id}/participants/{pid}');
  });

  it('names each operation once', () => {
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('describes how each route can fail', () => {
    const missing = operations.flatMap(([name, operation]) =>
      expectedStatuses(operation)
        .filter((status) => !(status in operation.responses))
        .map((status) => `${name} ${status}`),
    );
    expect(missing).toEqual([]);
  });

  it('describes each failure as a problem', () => {
    const problem = {
      'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
    };
    const failures = operations.flatMap(([name, { responses }]) =>
      Object.entries(responses)
        // What is not ready says what is missing, in its own shape.
        .filter(([status]) => Number(status) >= 400 && `${name} ${status}` !== 'GET /readyz 503')
        .map(([status, { description, content }]) => ({
          of: `${name} ${status}`,
          description,
          content,
        })),
    );
    const wrong = failures.filter(({ description }) => description === 'Default Response');
    expect(wrong).toEqual([]);
    expect(failures.map(({ of, content }) => [of, content])).toEqual(
      failures.map(({ of }) => [of, problem]),
    );
  });

  it('refers to nothing that is not there', () => {
    const references = JSON.stringify(api).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g);
    const missing = [...references].filter(([, name = '']) => !(name in api.components.schemas));
    expect(missing).toEqual([]);
  });
});
