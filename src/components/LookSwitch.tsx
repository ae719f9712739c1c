import { makeStyles, Select } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { LOOKS, useLook } from './look.ts';

const useStyles = makeStyles({ root: { maxWidth: '10rem' } });

/** The choice of appearance; nothing where the host decides. */
export function LookSwitch() {
  const styles = useStyles();
  const { t } = useTranslation();
  const { choice } = useLook();
  if (!choice) return null;
  return (
    <Select
      size="small"
      className={styles.root}
      aria-label={t('look.label')}
      value={choice.look}
      onChange={(_event, { value }) => {
        const next = LOOKS.find((look) => look === value);
        if (next) choice.choose(next);
      }}
    >
      {LOOKS.map((look) => (
        <option key={look} value={look}>
          {t(`look.${look}`)}
        </option>
      ))}
    </Select>
  );
}
