import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { readGuide } from '../../api/read-guide.ts';
import { Guide } from '../../components/Guide.tsx';
import { useServices } from '../../components/services.ts';
import { BackLink } from '../learning/BackLink.tsx';
import { ReadPage } from '../learning/ReadPage.tsx';

/** One guide of the library. */
export function GuidePage() {
  const { t } = useTranslation('learning');
  const { t: app } = useTranslation();
  const { client } = useServices();
  const { topic = '' } = useParams<{ topic: string }>();
  const read = useQuery({ queryKey: ['guide', topic], queryFn: ({ signal }) => readGuide(client, topic, signal) });
  return (
    <ReadPage
      key={topic}
      query={read}
      titleOf={({ guide }) => app(`topics.${guide.topic}`)}
      back={<BackLink to="/guides">{t('guides.back')}</BackLink>}
    >
      {({ guide }) => <Guide guide={guide} />}
    </ReadPage>
  );
}
