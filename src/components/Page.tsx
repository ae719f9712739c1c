import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useEffect, useRef, type ReactNode } from 'react';

const useStyles = makeStyles({
  main: {
    boxSizing: 'border-box',
    width: '100%',
    maxWidth: '48rem',
    marginInline: 'auto',
    paddingInline: tokens.spacingHorizontalL,
    paddingBlock: tokens.spacingVerticalXXL,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignContent: 'start',
    rowGap: tokens.spacingVerticalXXL,
  },
  wide: { maxWidth: '72rem' },
  full: { maxWidth: '108rem' },
  narrow: {
    paddingInline: tokens.spacingHorizontalM,
    paddingBlock: tokens.spacingVerticalL,
    rowGap: tokens.spacingVerticalL,
  },
  head: { display: 'grid', rowGap: tokens.spacingVerticalXS },
  // A subtle button's text begins where the heading does.
  back: { marginLeft: `calc(-1 * ${tokens.spacingHorizontalS})` },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground1,
    overflowWrap: 'anywhere',
    outlineStyle: 'none',
  },
  small: { fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500 },
  lead: {
    margin: 0,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
  },
});

export interface PageProps {
  title: string;
  lead?: ReactNode;
  /** The way back to where one came from, above the heading. */
  back?: ReactNode;
  /** `wide` for tables, `full` for a calendar, `pane` for the narrow task pane. */
  size?: 'normal' | 'wide' | 'full' | 'pane';
  children: ReactNode;
}

/** A page with its one h1, which takes the focus when the page opens, so that a screen reader says where one is. */
export function Page({ title, lead, back, size = 'normal', children }: PageProps) {
  const styles = useStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Inverso`;
  }, [title]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    window.scrollTo?.(0, 0);
  }, []);
  const isPane = size === 'pane';
  return (
    <main
      id="content"
      className={mergeClasses(
        styles.main,
        size === 'wide' && styles.wide,
        size === 'full' && styles.full,
        isPane && styles.narrow,
      )}
    >
      <div className={styles.head}>
        {back && <div className={styles.back}>{back}</div>}
        <h1 ref={heading} tabIndex={-1} className={mergeClasses(styles.title, isPane && styles.small)}>
          {title}
        </h1>
        {lead && <p className={styles.lead}>{lead}</p>}
      </div>
      {children}
    </main>
  );
}
