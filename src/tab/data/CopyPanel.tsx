import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { OwnDataReply } from '../../../server/contract/own-data.ts';
import { Actions } from '../../components/Actions.tsx';
import { useAnnounce } from '../../components/announce.ts';
import { Panel } from '../../components/Panel.tsx';
import { saveFile } from '../../components/save-file.ts';
import { isAnythingKept } from './is-anything-kept.ts';
import { OwnDataView } from './OwnDataView.tsx';

const useStyles = makeStyles({
  summary: { cursor: 'pointer', color: tokens.colorBrandForegroundLink, minHeight: '24px' },
  more: { paddingTop: tokens.spacingVerticalL },
});

/** The copy of everything: as a file for machines, and here for the eye. */
export function CopyPanel({ data }: { data: OwnDataReply }) {
  const styles = useStyles();
  const { t } = useTranslation(['app', 'myData']);
  const announce = useAnnounce();
  if (!isAnythingKept(data)) return <Panel title={t('myData:copyTitle')} lead={t('myData:nothing')} />;
  const download = (): void => {
    const day = data.exportedAt.slice(0, 10);
    saveFile(`inverso-${day}.json`, `${JSON.stringify(data, null, 2)}\n`, 'application/json');
    announce(t('app.downloaded'));
  };
  return (
    <Panel title={t('myData:copyTitle')} lead={t('myData:copyLead')}>
      <Actions>
        <Button onClick={download}>{t('myData:download')}</Button>
      </Actions>
      <details>
        <summary className={styles.summary}>{t('myData:show')}</summary>
        <div className={styles.more}>
          <OwnDataView data={data} />
        </div>
      </details>
    </Panel>
  );
}
