import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { NavLink } from '../components/router.tsx';
import { LookSwitch } from '../components/LookSwitch.tsx';
import { useMe } from '../components/services.ts';

const useStyles = makeStyles({
  skip: {
    position: 'absolute',
    left: tokens.spacingHorizontalM,
    top: '-10rem',
    zIndex: 1,
    padding: tokens.spacingHorizontalM,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    ':focus': { top: tokens.spacingVerticalM },
  },
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalL,
    paddingInline: tokens.spacingHorizontalL,
    paddingBlock: tokens.spacingVerticalXS,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  links: { display: 'flex', columnGap: tokens.spacingHorizontalXL },
  link: {
    display: 'inline-block',
    paddingBlock: tokens.spacingVerticalS,
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    // Not the token, which is seen in high contrast: only the current page is underlined.
    borderBottom: `${tokens.strokeWidthThicker} solid transparent`,
    ':hover': { color: tokens.colorNeutralForeground1 },
  },
  current: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    borderBottomColor: tokens.colorCompoundBrandStroke,
  },
  person: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    color: tokens.colorNeutralForeground2,
  },
});

/** The way between the pages for those who have several, and what only a plain browser needs. */
export function TabBar({ isBrowser }: { isBrowser: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const me = useMe();
  const isAdministrator = me.roles.includes('administrator');
  if (!isAdministrator && !isBrowser) return null;
  const linkClass = ({ isActive }: { isActive: boolean }): string =>
    mergeClasses(styles.link, isActive && styles.current);
  const skip = (): void => document.querySelector<HTMLElement>('#content h1')?.focus();
  return (
    <>
      <button type="button" className={styles.skip} onClick={skip}>
        {t('app.skip')}
      </button>
      <header className={styles.bar}>
        <nav aria-label={t('app.navigation')} className={styles.links}>
          <NavLink to="/home" className={linkClass}>
            {t('app.home')}
          </NavLink>
          {isAdministrator && (
            <NavLink to="/program" className={linkClass}>
              {t('app.program')}
            </NavLink>
          )}
        </nav>
        {isBrowser && (
          <div className={styles.person}>
            <span>{me.displayName}</span>
            <LookSwitch />
          </div>
        )}
      </header>
    </>
  );
}
