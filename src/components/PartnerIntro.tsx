import { makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { PartnerView } from '../../server/contract/http.ts';
import { Initials } from './Initials.tsx';
import { useFormats } from './use-formats.ts';

const useStyles = makeStyles({
  root: { display: 'grid', rowGap: tokens.spacingVerticalM },
  head: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalM },
  names: { display: 'grid', minWidth: 0, overflowWrap: 'anywhere' },
  name: {
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
  },
  role: { color: tokens.colorNeutralForeground2 },
  topics: {
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
  },
  topic: {
    paddingInline: tokens.spacingHorizontalM,
    paddingBlock: tokens.spacingVerticalXXS,
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorTransparentStroke}`,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
  },
  quote: {
    margin: 0,
    paddingLeft: tokens.spacingHorizontalM,
    borderLeft: `${tokens.strokeWidthThicker} solid ${tokens.colorBrandStroke2}`,
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
});

/** Who the other person is, as far as the caller may see (product.md, Who sees what). */
export function PartnerIntro({ partner, isBrief = false }: { partner: PartnerView; isBrief?: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const formats = useFormats();
  const role = [partner.jobTitle, partner.department].filter(Boolean).join(' · ');
  const languages = partner.languages.map((tag) => formats.languageName(tag)).join(', ');
  return (
    <div className={styles.root}>
      <div className={styles.head}>
        <Initials name={partner.displayName} personId={partner.personId} isSmall={isBrief} />
        <div className={styles.names}>
          <span className={styles.name}>{partner.displayName}</span>
          {role && <span className={styles.role}>{role}</span>}
          {!isBrief && languages && (
            <span className={styles.role}>
              {t('partner.languages')}: {languages}
            </span>
          )}
        </div>
      </div>
      {!isBrief && partner.topics.length > 0 && (
        <ul aria-label={t('partner.topics')} className={styles.topics}>
          {partner.topics.map((topic) => (
            <li key={topic} className={styles.topic}>
              {t(`topics.${topic}`)}
            </li>
          ))}
        </ul>
      )}
      {!isBrief && partner.motivation && (
        <blockquote className={styles.quote} aria-label={t('partner.motivation')}>
          {partner.motivation}
        </blockquote>
      )}
    </div>
  );
}
