import { RecordingsClient } from '../../core/RecordingsClient.ts';

export const recordingsClient = new RecordingsClient();
