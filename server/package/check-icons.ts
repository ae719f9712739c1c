import type { AppPackage, PackageFault } from './package-types.ts';
import { readPng, type Picture } from './read-png.ts';

const COLOR_PIXELS = 192;
const SMALL_PIXELS = 32;
const RIBBON_SIZES = [16, 32, 80];

/** Whether all icons exist, have the size that is asked for, and whether the outline is white on nothing. */
export function checkIcons({ manifest, packageIcons, servedIcons }: AppPackage): PackageFault[] {
  const faults: PackageFault[] = [];
  const add = (where: string, reason: string): void => void faults.push({ check: 'icon', where, reason });
  const look = (icons: Record<string, Uint8Array>, name: string | undefined, size: number): Picture | null => {
    const where = name ?? `icon of ${size} pixels`;
    const file = name === undefined ? undefined : icons[name];
    if (!file) {
      add(where, 'does not exist');
      return null;
    }
    try {
      const picture = readPng(file);
      if (picture.width !== size || picture.height !== size)
        add(where, `is ${picture.width} x ${picture.height}, not ${size} x ${size}`);
      return picture;
    } catch (error) {
      add(where, (error as Error).message);
      return null;
    }
  };
  const color = look(packageIcons, manifest.icons.color, COLOR_PIXELS);
  if (color && pixelsOf(color).some(([, , , opacity]) => opacity !== 255))
    add(manifest.icons.color, 'is not opaque everywhere');
  const small = look(packageIcons, manifest.icons.color32x32, SMALL_PIXELS);
  if (small && !isOpenShape(small)) add('color32x32', 'is not a shape on a transparent ground');
  const outline = look(packageIcons, manifest.icons.outline, SMALL_PIXELS);
  if (outline && !isOpenShape(outline)) add(manifest.icons.outline, 'is not a shape on a transparent ground');
  if (
    outline &&
    pixelsOf(outline).some(([red, green, blue, opacity]) => opacity > 0 && Math.min(red, green, blue) < 255)
  ) {
    add(manifest.icons.outline, 'has another color than white');
  }

  const sizes = ribbonIcons(manifest);
  for (const { size, url } of sizes.flat()) look(servedIcons, /\/icons\/([^/?]+)$/.exec(url)?.[1], size);
  for (const group of sizes) {
    const missing = RIBBON_SIZES.filter((size) => !group.some((icon) => icon.size === size));
    if (missing.length > 0) add('extensions[0].ribbons', `an icon of ${missing.join(', ')} pixels is missing`);
  }
  return faults;
}

/** The icon lists of all groups and controls of the ribbon. */
function ribbonIcons(manifest: AppPackage['manifest']): { size: number; url: string }[][] {
  const groups = (manifest.extensions?.[0]?.ribbons ?? []).flatMap(({ tabs }) =>
    tabs.flatMap((tab) => tab.groups ?? []),
  );
  const lists = [
    ...groups.map(({ icons }) => icons),
    ...groups.flatMap(({ controls }) => controls ?? []).map(({ icons }) => icons),
  ];
  return lists.map((list) => (list ?? []).map(({ size, url }) => ({ size, url })));
}

function pixelsOf({ pixels }: Picture): [number, number, number, number][] {
  return Array.from(
    { length: pixels.length / 4 },
    (_, at) => [...pixels.subarray(at * 4, at * 4 + 4)] as [number, number, number, number],
  );
}

const isOpenShape = (picture: Picture): boolean => {
  const opacities = pixelsOf(picture).map(([, , , opacity]) => opacity);
  return opacities.includes(0) && opacities.includes(255);
};
