import { Combobox, Field, Option } from '@fluentui/react-components';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { findGroups, type GroupView } from '../../api/find-groups.ts';
import { useServices } from '../../components/services.ts';

export interface GroupPickerProps {
  label: string;
  chosen: GroupView | null;
  onChoose: (group: GroupView | null) => void;
  fault: string | undefined;
}

/** A group of the directory, found by the beginning of its name. */
export function GroupPicker({ label, chosen, onChoose, fault }: GroupPickerProps) {
  const { t } = useTranslation(['app', 'program']);
  const { client } = useServices();
  const [text, setText] = useState(chosen?.displayName ?? '');
  const asked = useDeferredValue(text.trim());
  const groups = useQuery({
    queryKey: ['groups', asked],
    queryFn: ({ signal }) => findGroups(client, asked, signal),
    placeholderData: keepPreviousData,
  });
  const found = groups.data ?? [];
  return (
    <Field required label={label} hint={t('program:groupHint')} validationMessage={fault}>
      <Combobox
        freeform
        value={text}
        selectedOptions={chosen ? [chosen.groupId] : []}
        onChange={({ target }) => {
          setText(target.value);
          onChoose(null);
        }}
        onOptionSelect={(_event, { optionValue }) => {
          const group = found.find(({ groupId }) => groupId === optionValue);
          if (!group) return;
          setText(group.displayName);
          onChoose(group);
        }}
      >
        {found.map((group) => (
          <Option key={group.groupId} value={group.groupId}>
            {group.displayName}
          </Option>
        ))}
        {found.length === 0 && (
          <Option key="none" value="" disabled>
            {groups.isFetching ? t('program:groupSearching') : t('program:groupNone', { text: asked })}
          </Option>
        )}
      </Combobox>
    </Field>
  );
}
