import { Checkbox, Field, makeStyles, Select, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { Skill, Topic } from '../../server/contract/vocabulary.ts';

const LEVELS = [1, 2, 3, 4, 5] as const;
/** Where a newly chosen topic begins: "use it with help". */
const FIRST_LEVEL = 3;

const useStyles = makeStyles({
  group: { border: 'none', margin: 0, padding: 0, minWidth: 0 },
  legend: { padding: 0, marginBottom: tokens.spacingVerticalS, fontWeight: tokens.fontWeightSemibold },
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 19rem), 1fr))',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalXS,
  },
  chosen: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    rowGap: tokens.spacingVerticalS,
    paddingBottom: tokens.spacingVerticalS,
    paddingRight: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  level: { marginLeft: tokens.spacingHorizontalXXXL, minWidth: 0 },
});

export interface TopicLevelsProps {
  legend: string;
  topics: readonly Topic[];
  chosen: readonly Skill[];
  onChange: (chosen: Skill[]) => void;
  /** The label of a topic's level, read aloud with it. */
  levelLabel: (topicName: string) => string;
  /** The most that may be chosen. */
  most: number;
}

/** Topics to tick, each with a level once it is ticked. */
export function TopicLevels({ legend, topics, chosen, onChange, levelLabel, most }: TopicLevelsProps) {
  const styles = useStyles();
  const { t } = useTranslation();
  const isFull = chosen.length >= most;
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{legend}</legend>
      <div className={styles.grid}>
        {topics.map((topic) => {
          const pick = chosen.find((one) => one.topic === topic);
          const others = chosen.filter((one) => one.topic !== topic);
          const name = t(`topics.${topic}`);
          return (
            <div key={topic} className={pick ? styles.chosen : undefined}>
              <Checkbox
                label={name}
                checked={pick !== undefined}
                disabled={isFull && !pick}
                onChange={(_event, { checked }) =>
                  onChange(checked === true ? [...chosen, { topic, level: FIRST_LEVEL }] : others)
                }
              />
              {pick && (
                <Field className={styles.level}>
                  <Select
                    aria-label={levelLabel(name)}
                    value={String(pick.level)}
                    onChange={(_event, { value }) =>
                      onChange(chosen.map((one) => (one.topic === topic ? { topic, level: Number(value) } : one)))
                    }
                  >
                    {LEVELS.map((level) => (
                      <option key={level} value={level}>
                        {level} – {t(`levels.${level}`)}
                      </option>
                    ))}
                  </Select>
                </Field>
              )}
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
