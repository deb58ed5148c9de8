import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

type Theme = 'light' | 'dark';
type Oklch = readonly [lightness: number, chroma: number, hue: number];

const css = readFileSync(fileURLToPath(new URL('./globals.css', import.meta.url)), 'utf8');

function token(name: string, theme: Theme): Oklch {
  const found = new RegExp(`--${name}: light-dark\\((oklch\\([^)]*\\)), (oklch\\([^)]*\\))\\)`).exec(css);
  const value = theme === 'light' ? found?.[1] : found?.[2];
  const parts = /oklch\(([\d.]+)% ([\d.]+) ([\d.]+)/.exec(value ?? '');
  if (!parts) throw new Error(`No colour --${name} in globals.css`);
  return [Number(parts[1]) / 100, Number(parts[2]), Number(parts[3])];
}

/** Relative luminance (WCAG 2.2) of an OKLCH colour, clipped to sRGB. */
function luminance([lightness, chroma, hue]: Oklch): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (x: number) => Math.min(1, Math.max(0, x));
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string, theme: Theme): number {
  const [a, b] = [luminance(token(one, theme)), luminance(token(other, theme))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const surfaces = ['paper', 'card', 'sunk', 'accent-soft', 'ok-soft', 'warn-soft', 'bad-soft'];
const texts = ['ink', 'ink-2', 'ink-3', 'accent', 'ok', 'warn', 'bad'];

describe.each(['light', 'dark'] as const)('colours of the %s theme', (theme) => {
  it.each(texts)('text in --%s reads on every surface (4.5:1)', (text) => {
    for (const surface of surfaces) {
      expect(contrast(text, surface, theme), `${text} on ${surface}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('text on filled buttons reads (4.5:1)', () => {
    expect(contrast('accent-ink', 'accent', theme)).toBeGreaterThanOrEqual(4.5);
    expect(contrast('card', 'bad', theme)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['edge', 'idle', 'warn-fill', 'tick'])('--%s is told apart from paper and card (3:1)', (shape) => {
    expect(contrast(shape, 'card', theme)).toBeGreaterThanOrEqual(3);
    expect(contrast(shape, 'paper', theme)).toBeGreaterThanOrEqual(3);
  });
});
