/** Rows as they lie in the database, where names are written with underscores. Times: ms since 1970. */

export interface RoomRow {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly ownerSecretHash: Buffer;
  readonly locked: number;
  readonly listed: number;
  /** JSON of `RecordingSettings`. */
  readonly recording: string;
}

export interface RecordingRow {
  readonly id: string;
  readonly roomId: string;
  readonly roomName: string;
  readonly ownerSecretHash: string;
  readonly state: string;
  readonly startedAt: number;
  /** What `q` is looked for in: see `searchText`. */
  readonly search: string;
  /** JSON of `RecordingRecord`; the columns above are copies out of it. */
  readonly record: string;
}

export interface ShareRow {
  readonly id: string;
  readonly recordingId: string;
  readonly secretHash: string;
  readonly lockHash: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
}

export interface RenderRow {
  readonly id: string;
  readonly recordingId: string;
  readonly state: string;
  /** JSON of `Render`; the columns above are copies out of it. */
  readonly render: string;
}

export interface ErasureRow {
  readonly recordingId: string;
  readonly participantId: string;
  /** JSON of `Erasure`; the columns above are copies out of it. */
  readonly erasure: string;
}

export interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  /** JSON, a list of scopes. */
  readonly scopes: string;
  readonly secretHash: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  readonly expiresAt: number | null;
}

export interface Tables {
  readonly rooms: RoomRow;
  readonly recordings: RecordingRow;
  readonly shares: ShareRow;
  readonly renders: RenderRow;
  readonly erasures: ErasureRow;
  readonly apiKeys: ApiKeyRow;
}
