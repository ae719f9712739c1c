import { makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useHref } from '../../components/router.tsx';
import type { OverviewReply } from '../../../server/contract/administrator.ts';
import { PROGRAM_PLACES, type PlaceState, type ProgramPlace } from './program-places.ts';

const useStyles = makeStyles({
  list: {
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 18rem), 1fr))',
    gap: tokens.spacingHorizontalM,
  },
  link: {
    boxSizing: 'border-box',
    display: 'grid',
    alignContent: 'start',
    rowGap: tokens.spacingVerticalXXS,
    height: '100%',
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusXLarge,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  title: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorBrandForegroundLink },
  state: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** The ways from the overview to each stage of the program. */
export function ProgramPlaces({ overview }: { overview: OverviewReply }) {
  const styles = useStyles();
  const { t } = useTranslation(['app', 'program']);
  const places = PROGRAM_PLACES.flatMap((place) => {
    const state = place.state(overview);
    return state === null ? [] : [{ place, state }];
  });
  return (
    <nav aria-label={t('program:places.title')}>
      <ul className={styles.list}>
        {places.map(({ place, state }) => (
          <li key={place.to}>
            <PlaceLink place={place} state={state} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function PlaceLink({ place: { to, title }, state }: { place: ProgramPlace; state: PlaceState }) {
  const styles = useStyles();
  const { t } = useTranslation(['app', 'program']);
  return (
    <a href={useHref(to)} className={styles.link}>
      <span className={styles.title}>{t(`program:places.${title}`)}</span>
      <span>{t(`program:places.${title}Lead`)}</span>
      {state !== 'open' && (
        <span className={styles.state}>{t(`program:stepState.${state === 'next' ? 'now' : 'done'}`)}</span>
      )}
    </a>
  );
}
