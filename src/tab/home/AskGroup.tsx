import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Done } from '../../components/Done.tsx';
import { LoadingPart } from '../../components/Loading.tsx';
import { TitledGroup } from '../../components/TitledGroup.tsx';
import { askKey } from './ask.ts';
import type { Answered } from './use-answered.ts';

/** Forms are loaded when there is something to answer. */
const Ask = lazy(async () => ({ default: (await import('./Ask.tsx')).Ask }));

/** What waits for the caller, answerable where it stands; `children` follow. */
export function AskGroup({ open, done, onDone, children }: Answered & { children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <TitledGroup title={t('home.asksTitle')}>
      {done.map(({ key, text }) => (
        <Done key={key} text={text} />
      ))}
      {open.map((ask) => (
        <Suspense key={askKey(ask)} fallback={<LoadingPart />}>
          <Ask ask={ask} onDone={(text) => onDone(ask, text)} />
        </Suspense>
      ))}
      {children}
    </TitledGroup>
  );
}
