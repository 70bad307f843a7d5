/** Colours by service, and the tokens as plain colours for canvases. */
import { useMemo } from 'react';
import { useTheme } from './theme';

export const SERVICE_SLOTS = 11;

const slots = new Map<string, number>();
const used = Array.from({ length: SERVICE_SLOTS }, () => 0);

/**
 * A service keeps its colour on every page: its name picks a slot, and while free slots are left two services
 * never share one.
 */
export function slotOf(service: string): number {
  const known = slots.get(service);
  if (known !== undefined) return known;
  let slot = hash(service) % SERVICE_SLOTS;
  const least = Math.min(...used);
  while (used[slot]! > least) slot = (slot + 1) % SERVICE_SLOTS;
  used[slot]!++;
  slots.set(service, slot);
  return slot;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}

export function serviceColor(service: string): string {
  return `var(--svc-${slotOf(service)})`;
}

const NAMES = [
  'ground',
  'surface',
  'raised',
  'line',
  'line-soft',
  'line-strong',
  'ink',
  'ink-2',
  'ink-3',
  'lamp',
  'lamp-ground',
  'error',
  'error-mark',
  'match',
  'shade',
] as const;

export interface Palette {
  color: Record<(typeof NAMES)[number], string>;
  services: string[];
}

/** A custom property answers with its light-dark() text; only a real property answers with the colour. */
function resolvePalette(): Palette {
  const probe = document.createElement('i');
  probe.style.display = 'none';
  document.body.append(probe);
  const read = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const color = Object.fromEntries(NAMES.map((name) => [name, read(name)])) as Palette['color'];
  const services = Array.from({ length: SERVICE_SLOTS }, (_, i) => read(`svc-${i}`));
  probe.remove();
  return { color, services };
}

/** Of two colours the one that is read more easily on `ground`, by WCAG's contrast; all as "rgb(1, 2, 3)". */
export function readableOn(ground: string, [first, second]: [string, string]): string {
  return contrast(first, ground) >= contrast(second, ground) ? first : second;
}

export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** WCAG 2.2, relative luminance. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? [])
    .map((part) => Number(part) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function usePalette(): Palette {
  const theme = useTheme();
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the stylesheet answers differently per theme
  return useMemo(resolvePalette, [theme]);
}
