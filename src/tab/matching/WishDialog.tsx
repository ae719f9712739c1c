import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  Field,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Radio,
  RadioGroup,
  Select,
  Skeleton,
  SkeletonItem,
  tokens,
} from '@fluentui/react-components';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchingReply, WishChangeBody } from '../../../server/contract/matching-review.ts';
import { priceWishes } from '../../api/price-wishes.ts';
import { setWishes } from '../../api/set-wishes.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { useServices } from '../../components/services.ts';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import type { NamedPair } from './select-pairs.ts';
import { changesForMentor, changesOf, type Plan } from './wish-changes.ts';

const useStyles = makeStyles({
  content: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', rowGap: tokens.spacingVerticalM },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL, display: 'grid', rowGap: tokens.spacingVerticalS },
});

export interface WishDialogProps {
  cohortId: string;
  plan: Plan;
  review: MatchingReply;
  pairs: readonly NamedPair[];
  onClose: () => void;
  /** It is done; the changes take it back. */
  onDone: (undo: WishChangeBody[]) => void;
}

/** A wish about a pair, with its price before it is done. */
export function WishDialog({ cohortId, plan, review, pairs, onClose, onDone }: WishDialogProps) {
  const styles = useStyles();
  const { t } = useTranslation('matching');
  const { client } = useServices();
  const [mentorId, setMentorId] = useState('');
  const [isSwap, setSwap] = useState(false);
  const partner = pairs.find((pair) => pair.mentorId === mentorId && pair.state === 'proposed') ?? null;
  const canSwap = plan.kind === 'other' && plan.current !== null && partner !== null;
  const changes =
    plan.kind !== 'other'
      ? changesOf(plan)
      : mentorId === ''
        ? []
        : changesForMentor(plan, mentorId, canSwap && isSwap ? partner : null);
  const price = useQuery({
    queryKey: ['wishPrice', cohortId, review.run?.at, changes],
    queryFn: ({ signal }) => priceWishes(client, cohortId, changes, signal),
    enabled: changes.length > 0,
    retry: false,
    // Who comes back to the same wish reads the same price.
    staleTime: Infinity,
  });
  const set = useMutation({
    mutationFn: () => setWishes(client, cohortId, changes),
    onSuccess: (reply) => reply.outcome === 'changed' && onDone(reply.undo),
  });
  const answer = set.data?.outcome === 'refused' ? set.data : price.data;
  const names =
    plan.kind === 'other'
      ? { mentee: plan.menteeName, mentor: '' }
      : { mentee: plan.menteeName, mentor: plan.mentorName };
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t(`wish.${plan.kind}Title`, names)}</DialogTitle>
          <DialogContent className={styles.content}>
            {plan.kind === 'other' && (
              <Field label={t('wish.mentor')}>
                <Select
                  value={mentorId}
                  onChange={(_event, { value }) => {
                    setMentorId(value);
                    setSwap(false);
                    set.reset();
                  }}
                >
                  <option value="">{t('wish.choose')}</option>
                  {review.mentors
                    .filter(({ personId }) => personId !== plan.current?.mentorId && personId !== plan.menteeId)
                    .map(({ personId, displayName, free }) => (
                      <option key={personId} value={personId}>
                        {free > 0 ? t('wish.free', { name: displayName }) : displayName}
                      </option>
                    ))}
                </Select>
              </Field>
            )}
            {canSwap && (
              <RadioGroup
                aria-label={t('wish.then', { name: partner.menteeName })}
                value={isSwap ? 'swap' : 'best'}
                onChange={(_event, { value }) => setSwap(value === 'swap')}
              >
                <Radio value="best" label={t('wish.best', { name: partner.menteeName })} />
                <Radio
                  value="swap"
                  label={t('wish.swap', { name: partner.menteeName, mentor: plan.current?.mentorName ?? '' })}
                />
              </RadioGroup>
            )}
            <div aria-live="polite" className={styles.content}>
              {changes.length > 0 && price.isFetching && (
                <Skeleton aria-label={t('wish.pricing')}>
                  <SkeletonItem />
                </Skeleton>
              )}
              {!price.isFetching && answer?.outcome === 'price' && (
                <>
                  <div>{t('wish.price')}</div>
                  <ul className={styles.list}>
                    {answer.sentences.map((sentence) => (
                      <li key={sentence}>{sentence}</li>
                    ))}
                  </ul>
                </>
              )}
              {!price.isFetching && answer?.outcome === 'refused' && (
                <MessageBar intent="warning" layout="multiline">
                  <MessageBarBody>{answer.text}</MessageBarBody>
                </MessageBar>
              )}
            </div>
            {price.error && <ErrorNotice error={price.error} onRetry={() => void price.refetch()} />}
            {set.error && <ErrorNotice error={set.error} />}
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button disabledFocusable={set.isPending}>{t('wish.cancel')}</Button>
            </DialogTrigger>
            <SubmitButton
              isBusy={set.isPending}
              isBlocked={answer?.outcome !== 'price' || price.isFetching}
              onClick={() => answer?.outcome === 'price' && !set.isPending && set.mutate()}
            >
              {t(`wish.${plan.kind}`)}
            </SubmitButton>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
