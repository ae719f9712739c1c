import { makeStyles, tokens } from '@fluentui/react-components';
import type { TFunction } from 'i18next';
import type { SandboxItem } from './replies.ts';

/** Whether an item is a session of the program: tagged by the app, or organized by the program mailbox. */
export function isOurs(item: SandboxItem, programMail: string | null): boolean {
  return Object.keys(item.tags).length > 0 || item.organizerAddress.toLowerCase() === programMail?.toLowerCase();
}

/** Everything about an item that its color says, in words. */
export function itemWords(t: TFunction<'sandbox'>, item: SandboxItem, programMail: string | null): string {
  const words = [t(`showAs.${item.showAs}`)];
  if (isOurs(item, programMail)) words.unshift(t('calendar.ours'));
  if (item.isCancelled) words.push(t('calendar.canceled'));
  if (item.response !== 'none' && item.response !== 'organizer') words.push(t(`responses.${item.response}`));
  return words.join(', ');
}

/** Colors by status; every one comes with words and a border, so that none is told by color alone. */
export const useItemStyles = makeStyles({
  item: {
    boxSizing: 'border-box',
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'flex-start',
    textAlign: 'left',
    fontFamily: 'inherit',
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase100,
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalXS}`,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke1}`,
    borderLeftWidth: tokens.strokeWidthThickest,
    borderRadius: tokens.borderRadiusSmall,
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    overflow: 'hidden',
    cursor: 'pointer',
    ':focus-visible': { outline: `${tokens.strokeWidthThick} solid ${tokens.colorStrokeFocus2}` },
  },
  free: { backgroundColor: tokens.colorNeutralBackground1, borderLeftColor: tokens.colorNeutralStroke1 },
  tentative: {
    backgroundColor: tokens.colorNeutralBackground3,
    borderTopStyle: 'dashed',
    borderRightStyle: 'dashed',
    borderBottomStyle: 'dashed',
    borderLeftColor: tokens.colorNeutralStrokeAccessible,
  },
  busy: { backgroundColor: tokens.colorNeutralBackground4, borderLeftColor: tokens.colorNeutralStrokeAccessible },
  oof: {
    backgroundColor: tokens.colorStatusWarningBackground1,
    borderLeftColor: tokens.colorStatusWarningBorder2,
    color: tokens.colorStatusWarningForeground3,
  },
  workingElsewhere: {
    backgroundColor: tokens.colorNeutralBackground2,
    borderTopStyle: 'dotted',
    borderRightStyle: 'dotted',
    borderBottomStyle: 'dotted',
  },
  ours: {
    backgroundColor: tokens.colorBrandBackground2,
    borderLeftColor: tokens.colorBrandStroke1,
    color: tokens.colorBrandForeground2,
    fontWeight: tokens.fontWeightSemibold,
  },
  cancelled: { textDecorationLine: 'line-through' },
});
