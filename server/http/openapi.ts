import fastifySwagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';

/** Describes every route that is registered after it. */
export const describeApi = (app: FastifyInstance, version: string): void => {
  app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Roomtone',
        version,
        description:
          'Errors are RFC 9457 problems with a stable `code`. Lists are `{ items, nextCursor }`.',
      },
      tags: [
        { name: 'rooms', description: 'Where people are together' },
        { name: 'participants', description: 'Who is in a room' },
        { name: 'tokens', description: 'Invitations with grants' },
        { name: 'recordings', description: 'What was recorded, and its files' },
        { name: 'erasures', description: 'Somebody taken out of a finished recording, for good' },
        { name: 'renders', description: 'One video or sound of a recording, made of its tracks' },
        { name: 'shares', description: 'Links to one recording, good for whoever has them' },
        { name: 'session', description: 'Who is signed in in this browser' },
        { name: 'people', description: 'Accounts, who can be called, and invitations' },
        { name: 'calls', description: 'Who called whom, and what happens to calls' },
        { name: 'voicemail', description: 'Messages that callers left' },
        { name: 'push', description: 'Browsers that are told of calls while no page is open' },
        { name: 'webhooks', description: 'Other programs that are told what happens' },
        { name: 'keys', description: 'API keys for programs' },
        { name: 'operations', description: 'For those who run the server' },
      ],
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: "The admin key, an API key, a room's owner secret, or a join token.",
          },
          cookie: {
            type: 'apiKey',
            in: 'cookie',
            name: 'roomtone',
            description: 'Of a browser that signed in; over HTTPS its name is `__Host-roomtone`.',
          },
        },
      },
    },
    convertConstToEnum: false,
    refResolver: {
      buildLocalReference: (json, _baseUri, _fragment, i) =>
        typeof json['$id'] === 'string' ? json['$id'] : `def-${i}`,
    },
  });
};

export const serveApiDescription = (app: FastifyInstance): void => {
  let text: string | undefined;
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, (_request, reply) => {
    text ??= JSON.stringify(app.swagger());
    return reply.type('application/json').send(text);
  });
};
