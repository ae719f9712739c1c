import { Field, Input, Link, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHref } from '../../components/router.tsx';
import type { LibraryReply } from '../../../server/contract/training.ts';
import { readGuides } from '../../api/read-guides.ts';
import { Panel } from '../../components/Panel.tsx';
import { useServices } from '../../components/services.ts';
import { BackLink } from '../learning/BackLink.tsx';
import { TOPIC_GROUPS, type TopicGroup } from '../learning/groups.ts';
import { ReadPage } from '../learning/ReadPage.tsx';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  item: {
    display: 'grid',
    rowGap: tokens.spacingVerticalXXS,
    paddingBlock: tokens.spacingVerticalM,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottom: 'none' },
  },
  name: { justifySelf: 'start', minHeight: '24px', fontWeight: tokens.fontWeightSemibold },
  topic: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** The library: all guides by group, to be searched and looked at before anything is chosen. */
export function GuidesPage() {
  const { t } = useTranslation('learning');
  const { t: app } = useTranslation();
  const { client } = useServices();
  const library = useQuery({ queryKey: ['guides'], queryFn: ({ signal }) => readGuides(client, signal) });
  return (
    <ReadPage
      query={library}
      titleOf={() => t('guides.title')}
      leadOf={() => t('guides.lead')}
      back={<BackLink to="/home">{app('app.back')}</BackLink>}
    >
      {({ guides }) => <Library guides={guides} />}
    </ReadPage>
  );
}

function Library({ guides }: LibraryReply) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('learning');
  const { t: app } = useTranslation();
  const href = useHref('/guides');
  const [words, setWords] = useState('');
  const lower = (text: string): string => text.toLocaleLowerCase(i18n.language);
  const wanted = lower(words).split(/\s+/).filter(Boolean);
  const found = guides.filter((guide) => {
    const text = lower([guide.title, app(`topics.${guide.topic}`), guide.belief, guide.takeaway].join(' '));
    return wanted.every((word) => text.includes(word));
  });
  const shelves = (Object.keys(TOPIC_GROUPS) as TopicGroup[]).flatMap((group) => {
    const topics: readonly string[] = TOPIC_GROUPS[group];
    const onShelf = found.filter(({ topic }) => topics.includes(topic));
    return onShelf.length > 0 ? [{ group, onShelf }] : [];
  });
  return (
    <>
      <Field label={t('guides.search')} hint={<span role="status">{t('guides.found', { count: found.length })}</span>}>
        <Input type="search" value={words} onChange={(_, { value }) => setWords(value)} />
      </Field>
      {found.length === 0 && <Panel title={t('guides.none')} lead={t('guides.noneLead')} />}
      {shelves.map(({ group, onShelf }) => (
        <Panel key={group} title={t(`guides.groups.${group}`)}>
          <ul className={styles.list}>
            {onShelf.map(({ topic, title, takeaway }) => (
              <li key={topic} className={styles.item}>
                <Link href={`${href}/${topic}`} className={styles.name}>
                  {title}
                </Link>
                <span className={styles.topic}>{app(`topics.${topic}`)}</span>
                <span>{takeaway}</span>
              </li>
            ))}
          </ul>
        </Panel>
      ))}
    </>
  );
}
