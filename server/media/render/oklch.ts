/** `oklch()` of CSS as `rgb()`, which is all that the drawing knows (CSS Color 4, section 9). */
export const oklch = (lightness: number, chroma: number, hue: number): string => {
  const turn = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(turn), chroma * Math.sin(turn)];
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const lights = [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
  return `rgb(${lights.map(encoded).join(',')})`;
};

/** A linear share of light -> a byte of sRGB. */
const encoded = (light: number): number => {
  const within = Math.min(Math.max(light, 0), 1);
  const value = within <= 0.0031308 ? 12.92 * within : 1.055 * within ** (1 / 2.4) - 0.055;
  return Math.round(value * 255);
};
