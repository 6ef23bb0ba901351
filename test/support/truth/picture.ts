/**
 * A picture that says who sends it and when, in every frame, and can be read after any codec: a row
 * of black and white blocks on a plain ground, which is dark but for a white flash of 100 ms at each
 * whole second. A strip of noise below makes it as heavy as a camera's picture.
 */

export const PICTURE = { width: 320, height: 180 } as const;
/** A flash is then two frames, and every frame has whole milliseconds. */
export const FRAMES_PER_S = 20;
export const FRAME_MS = 1000 / FRAMES_PER_S;
const FLASH_MS = 100;
/** The number of the second begins anew after as many. */
export const SECONDS_CODED = 128;

export interface FrameCode {
  /** Who sends it, 1 to 15. */
  readonly n: number;
  /** 0 to 127. */
  readonly second: number;
  /** Within the second, 0 to 19. */
  readonly frame: number;
}

export interface FrameReading {
  /** Undefined: what is there is no code. */
  readonly code: FrameCode | undefined;
  readonly flash: boolean;
  /** How far the plain ground is from plain: the share of its points that are off by a lot. */
  readonly spoilt: number;
  /** How far the noise is from this frame's own, 0 to 128; another frame's is about 43 away. */
  readonly ghost: number;
}

/** Blocks of whole macroblocks, so that codecs keep them apart. */
const BLOCK = { width: 16, top: 64, height: 32 };
const BITS = { n: 4, second: 7, frame: 5, check: 4 };
const BLOCKS = BITS.n + BITS.second + BITS.frame + BITS.check;
const LUMA = { black: 16, dark: 48, white: 235 };
/** A block between these is neither black nor white. */
const BLACK_BELOW = 90;
const WHITE_ABOVE = 160;
const FLASH_ABOVE = 142;
/** Codecs blur and ring this much at low rates. */
const OFF_BY = 28;
/** The ground begins this far from the blocks: nearer, they shine into it. */
const MARGIN = 10;
const GROUND_STEP = 4;
/** Restless all the time, so that a frame takes several packets. */
const NOISE = { top: 144, height: 32, grain: 4 };

const FLASH_FRAMES = FLASH_MS / FRAME_MS;

const checkOf = (word: number): number =>
  ((word >> 12) ^ (word >> 8) ^ (word >> 4) ^ word ^ 0b1010) & 0xf;

const pack = ({ n, second, frame }: FrameCode): number => {
  const word = (n << (BITS.second + BITS.frame)) | (second << BITS.frame) | frame;
  return (word << BITS.check) | checkOf(word);
};

const unpack = (bits: number): FrameCode | undefined => {
  const word = bits >> BITS.check;
  const code = {
    n: word >> (BITS.second + BITS.frame),
    second: (word >> BITS.frame) & (2 ** BITS.second - 1),
    frame: word & (2 ** BITS.frame - 1),
  };
  const valid = checkOf(word) === (bits & 0xf) && code.frame < FRAMES_PER_S && code.n > 0;
  return valid ? code : undefined;
};

/** Does this frame of its second belong to the flash? */
export const isFlashFrame = (frame: number): boolean => frame < FLASH_FRAMES;

/** YUV 4:2:0, planes one after the other. */
export const drawFrame = (code: FrameCode): Buffer => {
  const { width, height } = PICTURE;
  const image = Buffer.alloc((width * height * 3) / 2, 128);
  image.fill(isFlashFrame(code.frame) ? LUMA.white : LUMA.dark, 0, width * height);
  const bits = pack(code);
  for (let block = 0; block < BLOCKS; block++) {
    const white = (bits >> (BLOCKS - 1 - block)) & 1;
    for (let y = BLOCK.top; y < BLOCK.top + BLOCK.height; y++) {
      const at = y * width + block * BLOCK.width;
      image.fill(white ? LUMA.white : LUMA.black, at, at + BLOCK.width);
    }
  }
  drawNoise(image, bits);
  return image;
};

const drawNoise = (image: Buffer, seed: number): void => {
  const { top, grain } = NOISE;
  const perRow = PICTURE.width / grain;
  noiseOf(seed).forEach((level, cell) => {
    const x = (cell % perRow) * grain;
    const y = top + Math.floor(cell / perRow) * grain;
    for (let i = 0; i < grain; i++) {
      const at = (y + i) * PICTURE.width + x;
      image.fill(level, at, at + grain);
    }
  });
};

/** Level of each grain, row by row; the same for the same frame. */
const noiseOf = (seed: number): number[] => {
  let random = seed;
  const cells = (PICTURE.width * NOISE.height) / NOISE.grain ** 2;
  return Array.from({ length: cells }, () => {
    // Numerical Recipes' generator: its upper bits are random enough for the eye.
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
    return 64 + (random >>> 25);
  });
};

/** `luma`: the first plane of a picture of `PICTURE`'s size. */
export const readFrame = (luma: Uint8Array): FrameReading => {
  const ground = groundOf(luma);
  const flash = ground.reduce((sum, value) => sum + value, 0) / ground.length > FLASH_ABOVE;
  const level = flash ? LUMA.white : LUMA.dark;
  const off = ground.filter((value) => Math.abs(value - level) > OFF_BY).length;
  const code = readCode(luma);
  return {
    // A code that belongs to the other ground is the ghost of another frame.
    code: code && isFlashFrame(code.frame) === flash ? code : undefined,
    flash,
    spoilt: off / ground.length,
    ghost: code ? ghostOf(luma, code) : 0,
  };
};

/** Mean distance of the noise from the one that this frame was drawn with. */
const ghostOf = (luma: Uint8Array, code: FrameCode): number => {
  const { top, grain } = NOISE;
  const perRow = PICTURE.width / grain;
  const noise = noiseOf(pack(code));
  const distances = noise.map((level, cell) => {
    const x = (cell % perRow) * grain + 1;
    const at = (top + Math.floor(cell / perRow) * grain + 1) * PICTURE.width + x;
    const corners = [at, at + 1, at + PICTURE.width, at + PICTURE.width + 1];
    return Math.abs(corners.reduce((sum, corner) => sum + (luma[corner] ?? 0), 0) / 4 - level);
  });
  return distances.reduce((sum, distance) => sum + distance, 0) / noise.length;
};

const groundOf = (luma: Uint8Array): number[] => {
  const values: number[] = [];
  for (let y = 2; y < PICTURE.height; y += GROUND_STEP) {
    if (isNear(y, BLOCK) || isNear(y, NOISE)) continue;
    for (let x = 2; x < PICTURE.width; x += GROUND_STEP) {
      values.push(luma[y * PICTURE.width + x] ?? 0);
    }
  }
  return values;
};

const isNear = (y: number, { top, height }: { top: number; height: number }): boolean =>
  y > top - MARGIN && y < top + height + MARGIN;

const readCode = (luma: Uint8Array): FrameCode | undefined => {
  let bits = 0;
  for (let block = 0; block < BLOCKS; block++) {
    const value = blockMean(luma, block);
    if (value >= BLACK_BELOW && value <= WHITE_ABOVE) return undefined;
    bits = (bits << 1) | (value > WHITE_ABOVE ? 1 : 0);
  }
  return unpack(bits);
};

/** Of the block's inner part: its rim is blurred. */
const blockMean = (luma: Uint8Array, block: number): number => {
  let sum = 0;
  let count = 0;
  for (let y = BLOCK.top + 6; y < BLOCK.top + BLOCK.height - 6; y++) {
    for (let x = 4; x < BLOCK.width - 4; x++) {
      sum += luma[y * PICTURE.width + block * BLOCK.width + x] ?? 0;
      count += 1;
    }
  }
  return sum / count;
};
