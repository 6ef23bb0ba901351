/** Why the server cannot keep things here, and what would help: for whoever starts it. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}
