/** Draws moments of a video, with a second element of its own: only the latest wish is followed. */
export class Previewer {
  readonly #video = document.createElement('video');
  readonly #canvas: HTMLCanvasElement;
  #wantedS: number | null = null;
  #busy = true;

  constructor(url: string, canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#video.muted = true;
    this.#video.preload = 'auto';
    this.#video.addEventListener('loadeddata', () => this.#next());
    this.#video.addEventListener('seeked', () => {
      this.#draw();
      this.#next();
    });
    this.#video.src = url;
  }

  show(seconds: number): void {
    this.#wantedS = seconds;
    if (!this.#busy) this.#next();
  }

  close(): void {
    this.#video.removeAttribute('src');
    // Ends the download.
    this.#video.load();
  }

  #next(): void {
    const seconds = this.#wantedS;
    this.#wantedS = null;
    this.#busy = seconds !== null;
    if (seconds !== null) this.#video.currentTime = seconds;
  }

  #draw(): void {
    const { videoWidth, videoHeight } = this.#video;
    const { width, height } = this.#canvas;
    const context = this.#canvas.getContext('2d');
    if (context === null || videoWidth === 0) return;
    const scale = Math.min(width / videoWidth, height / videoHeight);
    const [w, h] = [videoWidth * scale, videoHeight * scale];
    context.fillRect(0, 0, width, height);
    context.drawImage(this.#video, (width - w) / 2, (height - h) / 2, w, h);
  }
}
