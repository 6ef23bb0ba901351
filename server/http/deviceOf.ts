import { parse } from 'bowser';
import type { FastifyRequest } from 'fastify';

/** What a browser says it is, for its owner to tell it by: “Firefox on Linux”. */
export const deviceOf = ({ headers }: FastifyRequest): string => {
  const agent = headers['user-agent'];
  if (agent === undefined || agent.length > 1024) return 'Unknown';
  const { browser, os } = parse(agent);
  if (browser.name === undefined || browser.name === '') return 'Unknown';
  return os.name === undefined ? browser.name : `${browser.name} on ${os.name}`;
};
