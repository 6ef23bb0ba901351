/** A coded picture as the container takes it. */
export interface CodedPicture {
  readonly data: Buffer;
  /** Can be decoded without any before it. */
  readonly isKey: boolean;
}

/** What a player has to know before the first picture. */
export interface PictureFormat {
  readonly codec: 'vp8' | 'vp9' | 'avc' | 'av1';
  /** As RFC 6381 and WebCodecs write it. */
  readonly codecString: string;
  readonly width: number;
  readonly height: number;
  /** What a file's head says of the codec: H.264's `avcC`, AV1's `av1C`. */
  readonly description?: Buffer;
}

/** How one codec is carried in RTP. One object per stream: some remember parameters. */
export interface PictureCodec {
  /** Whether a picture that was cut off cannot be told from a whole one but by its marker. */
  readonly needsMarker: boolean;
  /** Can a picture begin with this payload? */
  isStart(payload: Buffer): boolean;
  /**
   * All payloads of one picture, in order; `none`: nothing to see, nothing wrong; undefined: damage,
   * which is what everything unexpected counts as.
   */
  assemble(payloads: readonly Buffer[]): CodedPicture | 'none' | undefined;
  /** Known once a key picture was assembled. */
  readonly format: PictureFormat | undefined;
}
