import { Avatar, Input, makeStyles, mergeClasses, Select, tokens } from '@fluentui/react-components';
import { Search20Regular } from '@fluentui/react-icons/svg/search';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from './control.ts';
import { Fault } from './Fault.tsx';
import { peopleReply, personRoles, type PersonRole, type SandboxPerson } from './replies.ts';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    rowGap: tokens.spacingVerticalS,
    alignContent: 'start',
  },
  list: {
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    overflowY: 'auto',
    maxHeight: '36rem',
    '@media (max-width: 56rem)': { maxHeight: '14rem' },
  },
  person: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    width: '100%',
    textAlign: 'left',
    padding: tokens.spacingHorizontalS,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorTransparentStroke}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorTransparentBackground,
    color: tokens.colorNeutralForeground1,
    fontFamily: 'inherit',
    fontSize: tokens.fontSizeBase300,
    cursor: 'pointer',
    ':hover': { border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStrokeAccessible}` },
    ':focus-visible': {
      outline: `${tokens.strokeWidthThick} solid ${tokens.colorStrokeFocus2}`,
      outlineOffset: '-2px',
    },
  },
  chosen: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorCompoundBrandStroke}`,
    boxShadow: `inset ${tokens.strokeWidthThickest} 0 ${tokens.colorCompoundBrandStroke}`,
  },
  texts: { display: 'grid', minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export interface PersonPickerProps {
  chosenId: string | null;
  onChoose: (person: SandboxPerson) => void;
}

/** Everybody in the simulated company, found by name and role. */
export function PersonPicker({ chosenId, onChoose }: PersonPickerProps) {
  const styles = useStyles();
  const { t } = useTranslation('sandbox');
  const [text, setText] = useState('');
  const [role, setRole] = useState<PersonRole | ''>('');
  const query = useDeferredValue(text);
  const people = useQuery({
    queryKey: ['people', query, role],
    queryFn: ({ signal }) => ask('people', { query, role: role || undefined }, peopleReply, signal),
    placeholderData: keepPreviousData,
  });
  const shown = people.data?.people ?? [];
  const more = (people.data?.total ?? 0) - shown.length;
  return (
    <nav aria-label={t('people.title')} className={styles.root}>
      <Input
        type="search"
        aria-label={t('people.search')}
        placeholder={t('people.searchBy')}
        contentBefore={<Search20Regular aria-hidden />}
        value={text}
        onChange={(_event, { value }) => setText(value)}
      />
      <Select
        aria-label={t('people.role')}
        value={role}
        onChange={(_event, { value }) => setRole(personRoles.find((one) => one === value) ?? '')}
      >
        <option value="">{t('people.everybody')}</option>
        {personRoles.map((one) => (
          <option key={one} value={one}>
            {t(`roles.${one}`)}
          </option>
        ))}
      </Select>
      {people.error && <Fault error={people.error} onRetry={() => void people.refetch()} />}
      <ul className={styles.list}>
        {shown.map((person) => {
          const isChosen = person.id === chosenId;
          return (
            <li key={person.id}>
              <button
                type="button"
                aria-current={isChosen || undefined}
                className={mergeClasses(styles.person, isChosen && styles.chosen)}
                onClick={() => onChoose(person)}
              >
                <Avatar name={person.name} aria-hidden color="colorful" idForColor={person.id} size={32} />
                <span className={styles.texts}>
                  <span>{person.name}</span>
                  <span className={styles.quiet}>
                    {t(`roles.${person.role}`)}
                    {person.title && ` · ${person.title}`}
                  </span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <div aria-live="polite" className={styles.quiet}>
        {people.data?.total === 0 && t('people.none')}
        {more > 0 && t('people.more', { count: more })}
      </div>
    </nav>
  );
}
