import type { Kysely } from 'kysely';
import type { RecordingId, RenderId } from '../protocol/ids.ts';
import type { Render, RenderStore } from '../recordings/Render.ts';
import type { Database } from './Database.ts';
import type { RenderRow, Tables } from './tables.ts';

/** Renders go with their recording: the database sees to that. */
export class SqlRenders implements RenderStore {
  readonly #sql: Kysely<Tables>;

  constructor({ sql }: Database) {
    this.#sql = sql;
  }

  async put(render: Render): Promise<void> {
    const { id, recordingId, state } = render;
    const row: RenderRow = { id, recordingId, state, render: JSON.stringify(render) };
    await this.#sql
      .insertInto('renders')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  }

  async get(recordingId: RecordingId, id: RenderId): Promise<Render | undefined> {
    const row = await this.#sql
      .selectFrom('renders')
      .selectAll()
      .where('recordingId', '=', recordingId)
      .where('id', '=', id)
      .executeTakeFirst();
    return row && renderOf(row);
  }

  async list(recordingId: RecordingId): Promise<Render[]> {
    const rows = await this.#sql
      .selectFrom('renders')
      .selectAll()
      .where('recordingId', '=', recordingId)
      .orderBy('id')
      .execute();
    return rows.map(renderOf);
  }

  async unfinished(): Promise<Render[]> {
    const rows = await this.#sql
      .selectFrom('renders')
      .selectAll()
      .where('state', 'in', ['queued', 'rendering'])
      .orderBy('id')
      .execute();
    return rows.map(renderOf);
  }

  async remove(id: RenderId): Promise<void> {
    await this.#sql.deleteFrom('renders').where('id', '=', id).execute();
  }
}

/** Nobody but us writes here, so what is read is what was written. */
const renderOf = ({ render }: RenderRow): Render => JSON.parse(render) as Render;
