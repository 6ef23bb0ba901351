import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../base/AppError.ts';

/** Addresses of the client's screens: all of them are the one page. */
const PAGES = [
  '/',
  '/r/:room',
  '/call/:user',
  '/calls',
  '/voicemail',
  '/recordings',
  '/recordings/:id',
  '/signin',
  '/invitation',
  '/settings',
  '/admin',
];

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Roomtone</title>
<h1>The client is not built yet</h1>
<p>Run <code>npm start</code>, which builds it, and reload this page.</p>
`;

/** The built client. Its hashed assets never change; the page that names them always may. */
export const serveClient = (app: FastifyInstance, clientDir: string): void => {
  const built = existsSync(join(clientDir, 'index.html'));
  if (built) {
    const assets = join(clientDir, 'assets') + sep;
    app.register(fastifyStatic, {
      root: clientDir,
      index: false,
      dotfiles: 'ignore',
      cacheControl: false,
      preCompressed: true,
      setHeaders: (reply, path) => {
        const hashed = path.startsWith(assets);
        void reply.header(
          'cache-control',
          hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    });
  }

  const sendPage = (reply: FastifyReply): FastifyReply =>
    built
      ? reply.sendFile('index.html')
      : reply.code(503).type('text/html; charset=utf-8').header('retry-after', '5').send(NOT_BUILT);

  for (const url of PAGES) {
    app.get(url, { schema: { hide: true } }, (_request, reply) => sendPage(reply));
  }

  app.setNotFoundHandler((request, reply) => {
    if (!wantsPage(request)) throw new AppError('not_found', 'There is nothing here.');
    return sendPage(reply.code(404));
  });
};

/** A person who mistyped an address gets the client, which says so; a program gets a problem. */
const wantsPage = ({ method, url, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !/^\/(api|assets)\//.test(url) &&
  (headers.accept ?? '').includes('text/html');
