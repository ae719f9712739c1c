import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  root: {
    display: 'inline-grid',
    placeItems: 'center',
    flexShrink: 0,
    width: '56px',
    height: '56px',
    borderRadius: tokens.borderRadiusCircular,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorTransparentStroke}`,
    boxSizing: 'border-box',
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase500,
  },
  small: { width: '40px', height: '40px', fontSize: tokens.fontSizeBase300 },
});

const useColors = makeStyles({
  cornflower: {
    backgroundColor: tokens.colorPaletteCornflowerBackground2,
    color: tokens.colorPaletteCornflowerForeground2,
  },
  grape: { backgroundColor: tokens.colorPaletteGrapeBackground2, color: tokens.colorPaletteGrapeForeground2 },
  teal: { backgroundColor: tokens.colorPaletteTealBackground2, color: tokens.colorPaletteTealForeground2 },
  forest: { backgroundColor: tokens.colorPaletteForestBackground2, color: tokens.colorPaletteForestForeground2 },
  pumpkin: { backgroundColor: tokens.colorPalettePumpkinBackground2, color: tokens.colorPalettePumpkinForeground2 },
  cranberry: {
    backgroundColor: tokens.colorPaletteCranberryBackground2,
    color: tokens.colorPaletteCranberryForeground2,
  },
});

/** First letters of the first and the last name. initialsOf('Ada M. Rossi (Milano)') // => 'AR' */
export function initialsOf(name: string): string {
  const words = name
    .replace(/\([^)]*\)/g, ' ')
    .split(/\s+/)
    .filter((word) => /^\p{L}/u.test(word));
  const letters = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  return letters.map((word) => [...word][0]!.toLocaleUpperCase()).join('');
}

/**
 * Somebody's initials in a color of their own, as Teams shows people without a picture; the name stands beside it. Fluent's
 * Avatar, which also does presence, groups and pictures, is a twentieth of the first load.
 */
export function Initials({ name, personId, isSmall = false }: { name: string; personId: string; isSmall?: boolean }) {
  const styles = useStyles();
  const colors = Object.values(useColors());
  const sum = [...personId].reduce((total, sign) => total + sign.charCodeAt(0), 0);
  return (
    <span aria-hidden className={mergeClasses(styles.root, isSmall && styles.small, colors[sum % colors.length])}>
      {initialsOf(name)}
    </span>
  );
}
