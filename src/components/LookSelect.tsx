import { Select } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { LOOKS, type LookChoice } from './look.ts';

/** The field of {@link LookSwitch}. */
export function LookSelect({ choice, className }: { choice: LookChoice; className: string }) {
  const { t } = useTranslation();
  return (
    <Select
      size="small"
      className={className}
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
