import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalM,
    '@media (max-width: 30rem)': { '& > *': { flexGrow: 1 } },
  },
});

/** The buttons of a question; they wrap, and fill the line on a phone. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className={useStyles().root}>{children}</div>;
}
