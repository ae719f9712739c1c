import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useId, type ReactNode } from 'react';

const useStyles = makeStyles({
  panel: {
    boxSizing: 'border-box',
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    // Beside a higher one, what it holds stays together.
    alignContent: 'start',
    rowGap: tokens.spacingVerticalL,
    padding: tokens.spacingHorizontalXXL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    boxShadow: tokens.shadow4,
    '@media (max-width: 30rem)': { padding: tokens.spacingHorizontalL },
  },
  accent: { borderTop: `${tokens.strokeWidthThickest} solid ${tokens.colorBrandStroke1}` },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
  },
  lead: { marginTop: tokens.spacingVerticalXS, color: tokens.colorNeutralForeground2 },
});

export interface PanelProps {
  title: ReactNode;
  lead?: ReactNode;
  /** Asks for an answer. */
  isAccent?: boolean;
  level?: 2 | 3;
  children?: ReactNode;
}

/** A card with a heading, named by it. */
export function Panel({ title, lead, isAccent = false, level = 2, children }: PanelProps) {
  const styles = useStyles();
  const id = useId();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section aria-labelledby={id} className={mergeClasses(styles.panel, isAccent && styles.accent)}>
      <div>
        <Heading id={id} className={styles.title}>
          {title}
        </Heading>
        {lead && <div className={styles.lead}>{lead}</div>}
      </div>
      {children}
    </section>
  );
}
