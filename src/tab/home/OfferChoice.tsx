import { makeStyles, mergeClasses, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfferView } from '../../../server/contract/http.ts';
import { useFormats } from '../../components/use-formats.ts';

const useStyles = makeStyles({
  title: {
    margin: 0,
    marginBottom: tokens.spacingVerticalS,
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
  },
  group: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 13rem), 1fr))',
    alignItems: 'stretch',
    gap: tokens.spacingHorizontalM,
  },
  offer: {
    boxSizing: 'border-box',
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusLarge,
    border: `${tokens.strokeWidthThick} solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  chosen: { border: `${tokens.strokeWidthThick} solid ${tokens.colorCompoundBrandStroke}` },
  kind: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  strong: { display: 'block', fontWeight: tokens.fontWeightSemibold },
  details: {
    paddingLeft: tokens.spacingHorizontalS,
    display: 'grid',
    rowGap: tokens.spacingVerticalS,
    fontSize: tokens.fontSizeBase200,
  },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL },
  summary: { cursor: 'pointer', color: tokens.colorBrandForegroundLink, minHeight: '24px' },
});

export interface OfferChoiceProps {
  offers: readonly OfferView[];
  chosen: number;
  onChoose: (index: number) => void;
  /** Somebody chooses for another person, by that person's clock. */
  forOther?: { timeZone: string };
}

/** The offered times; each says how well it fits and lists all its dates. */
export function OfferChoice({ offers, chosen, onChoose, forOther }: OfferChoiceProps) {
  const styles = useStyles();
  const { t } = useTranslation();
  const id = useId();
  return (
    <div>
      <h4 id={id} className={styles.title}>
        {t(forOther ? 'assistantAsk.times' : 'proposal.times')}
      </h4>
      <RadioGroup
        aria-labelledby={id}
        className={styles.group}
        value={String(chosen)}
        onChange={(_event, { value }) => onChoose(Number(value))}
      >
        {offers.map((offer, index) => (
          <Offer key={index} offer={offer} index={index} isChosen={index === chosen} forOther={forOther} />
        ))}
      </RadioGroup>
    </div>
  );
}

function Offer({
  offer,
  index,
  isChosen,
  forOther,
}: { offer: OfferView; index: number; isChosen: boolean } & Pick<OfferChoiceProps, 'forOther'>) {
  const styles = useStyles();
  const { t } = useTranslation();
  const formats = useFormats(forOther?.timeZone);
  const moved = offer.dates.filter((date) => date.moved).length;
  const first = offer.dates[0];
  return (
    <div className={mergeClasses(styles.offer, isChosen && styles.chosen)}>
      <Radio
        value={String(index)}
        label={
          <>
            <span className={styles.strong}>{t(`proposal.pattern.${offer.weekday}`, { time: offer.time })}</span>
            <span className={styles.kind}>{t(`proposal.kinds.${offer.kind}`)}</span>
          </>
        }
      />
      <div className={styles.details}>
        {first && <span>{t('proposal.dates', { count: offer.dates.length, first: formats.day(first.start) })}</span>}
        {moved > 0 && <span>{t(forOther ? 'assistantAsk.moved' : 'proposal.moved', { count: moved })}</span>}
        {offer.reasons.length > 0 && (
          <ul className={styles.list}>
            {offer.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        )}
        <details>
          <summary className={styles.summary}>{t('proposal.allDates')}</summary>
          <ol className={styles.list}>
            {offer.dates.map((date) => (
              <li key={date.start}>
                {formats.shortDay(date.start)}, {formats.span(date.start, date.end)}
                {date.moved && ` (${t('proposal.movedMark')})`}
              </li>
            ))}
          </ol>
        </details>
      </div>
    </div>
  );
}
