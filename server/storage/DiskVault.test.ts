import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aRecord } from '../../test/support/aRecord.ts';
import { waitFor } from '../../test/support/waitFor.ts';
import { newId, type RecordingId } from '../protocol/ids.ts';
import { readRecord } from '../recordings/RecordingRecord.ts';
import { DiskVault } from './DiskVault.ts';

let root: string;
let vault: DiskVault;
beforeEach(async () => {
  root = join(mkdtempSync(join(tmpdir(), 'roomtone-vault-')), 'recordings');
  vault = await DiskVault.create(root);
});
afterEach(() => rmSync(join(root, '..'), { recursive: true, force: true }));

const file = (id: string, name: string, content: string, place = 'files') => {
  mkdirSync(join(root, id, place), { recursive: true });
  writeFileSync(join(root, id, place, name), content);
  return join(root, id, place, name);
};
const read = async (id: RecordingId, name: string, range?: { start: number; end: number }) =>
  text((await vault.open(id, name)).read(range));
/** Files below the root that this process has open. */
const openFiles = () =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(root) ? path : [];
    } catch {
      return [];
    }
  });

describe('manifests', () => {
  it('are written whole and found again', async () => {
    const record = aRecord({ title: 'Größe' });
    await vault.create(record);
    expect(await vault.list()).toEqual([{ id: record.id, record }]);
    const changed = { ...record, state: 'ready' as const };
    await vault.save(changed);
    expect(await vault.list()).toEqual([{ id: record.id, record: changed }]);
    expect(readdirSync(join(root, record.id))).toEqual(['manifest.json']);
    const manifest = readFileSync(join(root, record.id, 'manifest.json'), 'utf8');
    expect(readRecord(manifest)).toEqual(changed);
  });

  it('are left as they were by a half-written draft', async () => {
    const record = aRecord();
    await vault.create(record);
    writeFileSync(join(root, record.id, 'manifest.json.new'), '{"version": 1, "id');
    expect(await vault.list()).toEqual([{ id: record.id, record }]);
    await vault.save({ ...record, title: 'x' });
    expect(readdirSync(join(root, record.id))).toEqual(['manifest.json']);
  });

  it('that are missing, broken or of another recording count for nothing', async () => {
    const missing = newId('rec');
    const broken = aRecord();
    const copied = aRecord();
    mkdirSync(join(root, missing));
    await vault.create(broken);
    writeFileSync(join(root, broken.id, 'manifest.json'), '{"version": 1}');
    await vault.create(copied);
    const copy = newId('rec');
    renameSync(join(root, copied.id), join(root, copy));
    const found = new Map((await vault.list()).map(({ id, record }) => [id, record]));
    expect([...found.keys()].toSorted()).toEqual([missing, broken.id, copy].toSorted());
    expect([...found.values()]).toEqual([undefined, undefined, undefined]);
  });

  it('are not made twice, nor where there is no folder', async () => {
    const record = aRecord();
    await vault.create(record);
    await expect(vault.create(record)).rejects.toThrow(/EEXIST|ENOTEMPTY/);
    await expect(vault.save(aRecord())).rejects.toThrow(/ENOENT/);
  });

  it('list nothing that is none of ours', async () => {
    for (const name of ['quarantine', 'lost+found', 'rec_1', `rec_${'0'.repeat(36)}`]) {
      mkdirSync(join(root, name));
    }
    writeFileSync(join(root, newId('rec')), 'a file');
    expect(await vault.list()).toEqual([]);
  });
});

describe('folders', () => {
  it('are put aside, never over one another', async () => {
    const id = newId('rec');
    for (const content of ['first', 'second', 'third']) {
      file(id, 'a.webm', content);
      await vault.quarantine(id);
    }
    expect(await vault.list()).toEqual([]);
    const shelf = join(root, 'quarantine');
    expect(readdirSync(shelf).toSorted()).toEqual([id, `${id}.2`, `${id}.3`]);
    expect(readFileSync(join(shelf, `${id}.2`, 'files', 'a.webm'), 'utf8')).toBe('second');
  });

  it('are gone once removed, and once more', async () => {
    const record = aRecord();
    await vault.create(record);
    file(record.id, 'a.webm', 'abc');
    await vault.remove(record.id);
    expect(readdirSync(root)).toEqual([]);
    await vault.remove(record.id);
    await vault.remove(newId('rec'));
  });

  it('that a crash left half deleted are deleted', async () => {
    const [dead, again] = [newId('rec'), newId('rec')];
    file(`.deleting-${dead}`, 'a.webm', 'abc');
    file(`.deleting-${again}`, 'a.webm', 'abc');
    file(again, 'a.webm', 'abc');
    await vault.remove(again);
    expect(readdirSync(root)).toEqual([`.deleting-${dead}`]);
    expect(await vault.list()).toEqual([]);
    expect(readdirSync(root)).toEqual([]);
  });

  it('tell how much space there is', async () => {
    const { freeBytes, totalBytes } = await vault.space();
    expect(totalBytes).toBeGreaterThan(freeBytes);
    expect(freeBytes).toBeGreaterThan(0);
    const free = execFileSync('df', ['--output=avail', '-B1', root], { encoding: 'utf8' });
    expect(Math.abs(freeBytes - Number(free.split('\n')[1]))).toBeLessThan(1e9);
  });
});

describe('files', () => {
  it('are read whole or in part', async () => {
    const id = newId('rec');
    const path = file(id, 'a.webm', '0123456789');
    expect(await read(id, 'a.webm')).toBe('0123456789');
    expect(await read(id, 'a.webm', { start: 2, end: 4 })).toBe('234');
    expect(await read(id, 'a.webm', { start: 9, end: 9 })).toBe('9');
    const opened = await vault.open(id, 'a.webm');
    expect(opened.bytes).toBe(10);
    expect(opened.modifiedAt).toBe(Math.floor(statSync(path).mtimeMs));
    await opened.close();
    await opened.close();
    file(id, 'empty.webm', '');
    expect(await read(id, 'empty.webm')).toBe('');
    await waitFor('all files to be closed', openFiles, (paths) => paths.length === 0);
  });

  it('stay as they were when they were opened', async () => {
    const id = newId('rec');
    const path = file(id, 'a.webm', '0123456789', 'preview');
    const opened = await vault.openPreview(id, 'a.webm');
    appendFileSync(path, 'more');
    await vault.remove(id);
    expect(existsSync(path)).toBe(false);
    expect(await text(opened.read())).toBe('0123456789');
  });

  it('are closed when nobody reads on', async () => {
    const id = newId('rec');
    file(id, 'a.webm', 'x'.repeat(1_000_000));
    const stream = (await vault.open(id, 'a.webm')).read();
    for await (const _ of stream) break;
    expect(stream.destroyed).toBe(true);
    await waitFor('the file to be closed', openFiles, (paths) => paths.length === 0);
  });

  it('are not found where there are none', async () => {
    const id = newId('rec');
    const outside = join(root, '..', 'secret.webm');
    writeFileSync(outside, 'secret');
    file(id, 'a.webm', 'abc');
    symlinkSync(outside, join(root, id, 'files', 'link.webm'));
    symlinkSync(join(root, '..'), join(root, id, 'files', 'up.d0'));
    mkdirSync(join(root, id, 'files', 'folder.webm'));
    execFileSync('mkfifo', [join(root, id, 'files', 'pipe.webm')]);
    writeFileSync(join(root, id, 'manifest.json'), '{}');
    const names = [
      'link.webm',
      'folder.webm',
      'pipe.webm',
      'absent.webm',
      'a.webm/x.webm',
      '../manifest.json',
      '../../../secret.webm',
      outside,
      'a.webm\0',
      'A.webm',
      '.',
      '..',
      '',
      'up.d0/secret.webm',
      'a.webm\n',
    ];
    for (const name of names) {
      await expect(vault.open(id, name)).rejects.toMatchObject({ code: 'not_found' });
      await expect(vault.openPreview(id, name)).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await read(id, 'a.webm')).toBe('abc');
    await expect(vault.open(newId('rec'), 'a.webm')).rejects.toMatchObject({ code: 'not_found' });
    expect(openFiles()).toEqual([]);
  });

  it('are touched by nobody whose id is none', async () => {
    for (const id of ['..', '.', 'quarantine', `${newId('rec')}/..`, 'rec_', '../recordings']) {
      const wrong = id as RecordingId;
      await expect(vault.remove(wrong)).rejects.toMatchObject({ code: 'not_found' });
      await expect(vault.quarantine(wrong)).rejects.toMatchObject({ code: 'not_found' });
      await expect(vault.open(wrong, 'a.webm')).rejects.toMatchObject({ code: 'not_found' });
      await expect(vault.create(aRecord({ id: wrong }))).rejects.toMatchObject({
        code: 'not_found',
      });
    }
    expect(existsSync(root)).toBe(true);
  });
});
