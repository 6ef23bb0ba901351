import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { WebhookIdSchema } from '../../protocol/ids.ts';
import {
  CreatedWebhookSchema,
  DeliveryPageSchema,
  DeliverySchema,
  NewWebhookSchema,
  WebhookPageSchema,
  type DeliveryResource,
  type WebhookResource,
} from '../../protocol/webhooks.ts';
import type { Delivery, Webhook } from '../../webhooks/Webhook.ts';
import type { Webhooks } from '../../webhooks/Webhooks.ts';
import type { Access } from './Access.ts';
import { PageQuerySchema, pageOf, pageThrough } from './paging.ts';
import { ACCESS_PROBLEMS, BODY_PROBLEMS, problems } from './problems.ts';
import { timeOf } from './recordingResource.ts';
import { userSecurity as security } from './users.ts';

export interface WebhookRoutesOptions {
  readonly webhooks: Webhooks;
  readonly access: Access;
}

const tags = ['webhooks'];
const params = Type.Object({ id: WebhookIdSchema });

export const webhookRoutes: FastifyPluginCallbackTypebox<WebhookRoutesOptions> = (
  app,
  { webhooks, access },
  done,
) => {
  app.post(
    '/webhooks',
    {
      schema: {
        operationId: 'createWebhook',
        summary:
          'Be told of events (Standard Webhooks): administrators, keys with webhooks:write. The answer alone holds the secret.',
        tags,
        security,
        body: NewWebhookSchema,
        response: {
          201: CreatedWebhookSchema,
          ...problems(...BODY_PROBLEMS, 'unauthorized', 'rate_limited', 'wrong_state'),
        },
      },
    },
    async (request, reply) => {
      await access.require(request, 'manageWebhooks');
      const { url, events = null } = request.body;
      const webhook = await webhooks.create(url, events);
      return reply.code(201).send({ ...resourceOf(webhook), secret: webhook.secret });
    },
  );

  app.get(
    '/webhooks',
    {
      schema: {
        operationId: 'listWebhooks',
        summary: 'Who is told of events, without the secrets, oldest first: administrators.',
        tags,
        security,
        querystring: PageQuerySchema,
        response: {
          200: WebhookPageSchema,
          ...problems('bad_request', 'unauthorized', 'forbidden', 'rate_limited'),
        },
      },
    },
    async (request) => {
      await access.require(request, 'manageWebhooks');
      const { items, nextCursor } = pageOf(await webhooks.list(), request.query);
      return { items: items.map(resourceOf), nextCursor };
    },
  );

  app.delete(
    '/webhooks/:id',
    {
      schema: {
        operationId: 'deleteWebhook',
        summary: 'Tell nothing more there, and forget what was told: administrators.',
        tags,
        security,
        params,
        response: { 204: Type.Null({ description: 'Gone.' }), ...problems(...ACCESS_PROBLEMS) },
      },
    },
    async (request, reply) => {
      await access.require(request, 'manageWebhooks');
      await webhooks.remove(request.params.id);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/webhooks/:id/test',
    {
      schema: {
        operationId: 'testWebhook',
        summary:
          'Send an event `test` there, once: administrators. How it went is in its deliveries.',
        tags,
        security,
        params,
        response: { 202: DeliverySchema, ...problems(...ACCESS_PROBLEMS) },
      },
    },
    async (request, reply) => {
      await access.require(request, 'manageWebhooks');
      return reply.code(202).send(deliveryOf(await webhooks.test(request.params.id)));
    },
  );

  app.get(
    '/webhooks/:id/deliveries',
    {
      schema: {
        operationId: 'listDeliveries',
        summary:
          'What was sent there in the last 30 days, and how it went, newest first: administrators.',
        tags,
        security,
        params,
        querystring: PageQuerySchema,
        response: { 200: DeliveryPageSchema, ...problems('bad_request', ...ACCESS_PROBLEMS) },
      },
    },
    async (request) => {
      await access.require(request, 'manageWebhooks');
      const { items, nextCursor } = await pageThrough(request.query, (page) =>
        webhooks.deliveries(request.params.id, page),
      );
      return { items: items.map(deliveryOf), nextCursor };
    },
  );

  done();
};

const orNull = (at: number | null): string | null => (at === null ? null : timeOf(at));

const resourceOf = ({ id, url, events, createdAt, disabledAt }: Webhook): WebhookResource => ({
  id,
  url,
  events: events && [...events],
  createdAt: timeOf(createdAt),
  disabledAt: orNull(disabledAt),
});

const deliveryOf = (delivery: Delivery): DeliveryResource => {
  const { id, type, createdAt, state, attempts, nextAttemptAt } = delivery;
  const { status, durationMs, error } = delivery;
  return {
    id,
    type,
    createdAt: timeOf(createdAt),
    state,
    attempts,
    nextAttemptAt: orNull(nextAttemptAt),
    status,
    durationMs,
    error,
  };
};
