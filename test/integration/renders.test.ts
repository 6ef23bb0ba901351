import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FakeClock } from '../../server/base/FakeClock.ts';
import { createLogger } from '../../server/base/logger.ts';
import { newId } from '../../server/protocol/ids.ts';
import type { RenderResource } from '../../server/protocol/renders.ts';
import { Catalogue } from '../../server/recordings/Catalogue.ts';
import { RenderFailure } from '../../server/recordings/Renderer.ts';
import type { RecordingRecord } from '../../server/recordings/RecordingRecord.ts';
import { Renders } from '../../server/recordings/Renders.ts';
import { Database } from '../../server/storage/Database.ts';
import { DiskVault } from '../../server/storage/DiskVault.ts';
import { SqlRecordings } from '../../server/storage/SqlRecordings.ts';
import { SqlRenders } from '../../server/storage/SqlRenders.ts';
import { ADMIN_KEY, httpOnly, type HttpOnly } from '../support/httpOnly.ts';
import { shelve } from '../support/shelve.ts';
import { StandInRenderer } from '../support/StandInRenderer.ts';
import { waitFor } from '../support/waitFor.ts';

const content = Buffer.from('0123456789');
const [ana, ben] = [newId('part'), newId('part')];
const people = [ana, ben].map((participantId, i) => ({
  participantId,
  name: i === 0 ? 'Ana' : 'Ben',
  stays: [{ fromMs: 0, toMs: 1_000 }],
  consent: null,
}));

describe('over REST', () => {
  let edge: HttpOnly;
  let record: RecordingRecord;
  beforeAll(async () => {
    edge = await httpOnly();
  });
  afterAll(() => edge.app.close());
  afterEach(() => {
    edge.renderer.outcome = 'done';
  });

  const ask = async (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => {
    const response = await edge.app.inject({
      method,
      url: `/api/v1/recordings/${record.id}${path}`,
      ...(body && { payload: body }),
      headers: { authorization: `Bearer ${ADMIN_KEY}` },
    });
    const data = response.body === '' ? undefined : response.json<RenderResource>();
    return { status: response.statusCode, data: data!, headers: response.headers };
  };
  const shelveOne = async () => {
    record = await shelve(edge, [{ content }], { people });
  };
  const untilState = (id: string, state: RenderResource['state']) =>
    waitFor(
      `render ${id} to be ${state}`,
      async () => (await ask('GET', `/renders/${id}`)).data,
      (render) => render.state === state,
      { everyMs: 10 },
    );

  it('is asked for, becomes ready, and its file can be had', async () => {
    await shelveOne();
    const asked = await ask('POST', '/renders', { layout: 'single', person: ana });
    expect(asked.status).toBe(202);
    expect(asked.headers['location']).toContain(asked.data.id);
    expect(asked.data.spec).toMatchObject({ layout: 'single', person: ana, size: '720p' });
    const { file, progress } = await untilState(asked.data.id, 'ready');
    expect(progress).toBe(1);
    const { files } = await edge.recordings.get(record.id);
    expect(files.map(({ name }) => name)).toEqual(['part-1-camera.webm', file]);
    expect((await edge.vault.list()).find(({ id }) => id === record.id)?.record?.files).toEqual(
      files,
    );
    const again = await ask('POST', '/renders', { layout: 'single', person: ana });
    expect(again.data.id).toBe(asked.data.id);
  });

  it.for<[what: string, wish: object]>([
    ['an unknown layout', { layout: 'mosaic' }],
    ['a person without a name', { layout: 'single' }],
    ['somebody who was not there', { without: [newId('part')] }],
    ['nobody at all', { without: [ana, ben] }],
    ['the one who is left out', { layout: 'single', person: ana, without: [ana] }],
    ['no time', { fromMs: 500, toMs: 500 }],
    ['what is after the end', { fromMs: 1_000 }],
    ['a wish that nobody knows', { filter: 'movie=/etc/passwd' }],
  ])('refuses %s', async ([, wish]) => {
    await shelveOne();
    expect((await ask('POST', '/renders', wish)).status).toBe(400);
    expect(await edge.recordings.renders.list(record.id)).toEqual([]);
  });

  it('is nobody’s who may not have the recording', async () => {
    await shelveOne();
    const stranger = { authorization: 'Bearer nothing' };
    const url = `/api/v1/recordings/${record.id}/renders`;
    const absent = `/api/v1/recordings/${newId('rec')}/renders`;
    const answers = await Promise.all(
      [url, absent].map((path) => edge.app.inject({ url: path, headers: stranger })),
    );
    expect(answers[0]!.statusCode).toBe(answers[1]!.statusCode);
    expect(answers[0]!.statusCode).toBeGreaterThanOrEqual(401);
  });

  it('tells how far it is, and ends when it is taken back', async () => {
    await shelveOne();
    edge.renderer.outcome = 'held';
    const { data } = await ask('POST', '/renders', {});
    expect(await untilState(data.id, 'rendering')).toMatchObject({ progress: 0.5 });
    expect((await ask('DELETE', `/renders/${data.id}`)).status).toBe(204);
    expect((await ask('GET', `/renders/${data.id}`)).status).toBe(404);
    expect((await edge.recordings.get(record.id)).files).toHaveLength(1);
  });

  it('takes its file with it when it is deleted', async () => {
    await shelveOne();
    const { data } = await ask('POST', '/renders', { format: 'webm' });
    const { file } = await untilState(data.id, 'ready');
    await ask('DELETE', `/renders/${data.id}`);
    await expect(edge.vault.open(record.id, file!)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('fails in words, leaves the recording as it was, and can be tried again', async () => {
    await shelveOne();
    edge.renderer.outcome = new RenderFailure('It took more time than a render may take.');
    const { data } = await ask('POST', '/renders', {});
    const failed = await untilState(data.id, 'failed');
    expect(failed.failure).toBe('It took more time than a render may take.');
    expect(await edge.recordings.get(record.id)).toMatchObject({ state: 'ready', failure: null });
    edge.renderer.outcome = 'done';
    expect((await ask('POST', `/renders/${data.id}/retry`)).status).toBe(202);
    await untilState(data.id, 'ready');
    expect((await ask('POST', `/renders/${data.id}/retry`)).status).toBe(409);
  });

  // Straight to the service: REST reads the recording first, which takes the wishes apart.
  it('is one, however many wish for it at once', async () => {
    await shelveOne();
    edge.renderer.outcome = 'held';
    const { renders } = edge.recordings;
    const wishes = Array.from({ length: 5 }, () => renders.request(record.id, {}));
    expect(new Set((await Promise.all(wishes)).map(({ id }) => id)).size).toBe(1);
    await edge.recordings.delete(record.id);
  });

  it('is bounded, also when all wish at once', async () => {
    await shelveOne();
    edge.renderer.outcome = 'held';
    const { renders } = edge.recordings;
    const wishes = Array.from({ length: 40 }, (_, fromMs) =>
      renders.request(record.id, { fromMs }),
    );
    const outcomes = await Promise.allSettled(wishes);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
    await edge.recordings.delete(record.id);
  });

  it('is tried again once, however many wish for it at once', async () => {
    await shelveOne();
    edge.renderer.outcome = new RenderFailure('No.');
    const { renders } = edge.recordings;
    const { id } = await renders.request(record.id, {});
    await untilState(id, 'failed');
    edge.renderer.outcome = 'held';
    const outcomes = await Promise.allSettled([1, 2].map(() => renders.retry(record.id, id)));
    const taken = outcomes.map(({ status }) => status).toSorted((a, b) => a.localeCompare(b));
    expect(taken).toEqual(['fulfilled', 'rejected']);
    await edge.recordings.delete(record.id);
  });

  it('is bounded', async () => {
    await shelveOne();
    edge.renderer.outcome = 'held';
    const statuses = [];
    for (let fromMs = 0; fromMs < 22; fromMs += 1) {
      statuses.push((await ask('POST', '/renders', { fromMs })).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 202), 429, 429]);
    await edge.recordings.delete(record.id);
  });

  it('ends when the recording is deleted', async () => {
    await shelveOne();
    edge.renderer.outcome = 'held';
    const { data } = await ask('POST', '/renders', {});
    await untilState(data.id, 'rendering');
    await edge.recordings.delete(record.id);
    expect((await ask('GET', `/renders/${data.id}`)).status).toBe(404);
  });
});

describe('over a restart', () => {
  const root = mkdtempSync(join(tmpdir(), 'roomtone-renders-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('goes on, but not with one that never ends', async () => {
    const clock = new FakeClock();
    const database = await Database.open(join(root, 'test.db'));
    const store = new SqlRecordings(database);
    const folder = join(root, 'recordings');
    const vault = await DiskVault.create(folder);
    const logger = createLogger('silent');
    const start = async (outcome: StandInRenderer['outcome']) => {
      const renderer = new StandInRenderer(folder);
      renderer.outcome = outcome;
      const renders = new Renders({
        catalogue: new Catalogue(store, vault, logger),
        renderer,
        store: new SqlRenders(database),
        clock,
        logger,
        atOnce: 1,
        automatic: true,
        onRendered: () => undefined,
      });
      await renders.resume();
      return renders;
    };
    const { id } = await shelve({ folder, store, vault, clock }, [{ content }], { people });
    const stateOf = async (renders: Renders) => (await renders.list(id))[0]!;
    let renders = await start('held');
    await renders.recordingReady((await store.get(id))!);
    const underWay = () =>
      waitFor(
        'it to be under way',
        () => stateOf(renders),
        ({ state }) => state === 'rendering',
        {
          everyMs: 10,
        },
      );
    // A server that is stopped in good order is no fault of the render, however often it is.
    for (let restarts = 0; restarts < 5; restarts += 1) {
      expect(await underWay()).toMatchObject({ attempts: 1, spec: { layout: 'grid' } });
      await renders.close();
      renders = await start('held');
    }
    // A server that died left it as it was.
    const died = { ...(await underWay()), attempts: 3 };
    await renders.close();
    await new SqlRenders(database).put(died);
    renders = await start('held');
    expect(await stateOf(renders)).toMatchObject({ state: 'failed', attempts: 3 });
    const { id: renderId } = await stateOf(renders);
    await renders.close();
    renders = await start('done');
    await renders.retry(id, renderId);
    await waitFor(
      'it',
      () => stateOf(renders),
      ({ state }) => state === 'ready',
      { everyMs: 10 },
    );
    await renders.close();
    await database.close();
  });
});
