import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  root: {
    display: 'inline-block',
    boxSizing: 'border-box',
    width: '20px',
    height: '20px',
    borderRadius: tokens.borderRadiusCircular,
    border: `${tokens.strokeWidthThick} solid currentcolor`,
    // A gap in the ring, so that it is seen to turn.
    borderTopColor: 'transparent',
    animationName: { from: { rotate: '0deg' }, to: { rotate: '360deg' } },
    animationDuration: '1s',
    animationIterationCount: 'infinite',
    animationTimingFunction: 'linear',
  },
});

/** In place of a button's icon while its work is going on; the button says so itself. */
export function BusyMark() {
  return <span aria-hidden className={useStyles().root} />;
}
