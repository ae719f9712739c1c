import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  sections: { display: 'grid', rowGap: tokens.spacingVerticalXL },
  section: { display: 'grid', rowGap: tokens.spacingVerticalS },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  text: { margin: 0, maxWidth: '42rem', lineHeight: tokens.lineHeightBase400 },
});

export interface Section {
  title: string;
  text: readonly string[];
}

/** Something to read: short parts with a heading each, one level below that of the place they stand in. */
export function Sections({ sections, level = 3 }: { sections: readonly Section[]; level?: 3 | 4 }) {
  const styles = useStyles();
  const Heading = level === 3 ? 'h3' : 'h4';
  return (
    <div className={styles.sections}>
      {sections.map(({ title, text }) => (
        <div key={title} className={styles.section}>
          <Heading className={styles.title}>{title}</Heading>
          {text.map((paragraph) => (
            <p key={paragraph} className={styles.text}>
              {paragraph}
            </p>
          ))}
        </div>
      ))}
    </div>
  );
}
