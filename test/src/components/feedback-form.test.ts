import { describe, expect, it } from 'vitest';
import { feedbackBody } from '../../../server/contract/http.ts';
import { draftOf, toFeedbackBody } from '../../../src/components/feedback-form.ts';

describe('toFeedbackBody', () => {
  it('waits for the one needed answer', () => {
    expect(toFeedbackBody(draftOf(null))).toBeNull();
  });

  it('sends only what was said, in the shape of the contract', () => {
    const body = toFeedbackBody({ ...draftOf(null), tookPlace: true, note: '  ' });
    expect(body).toEqual({ tookPlace: true });
    expect(feedbackBody.parse(body)).toEqual(body);
    const full = toFeedbackBody({
      ...draftOf(null),
      tookPlace: true,
      usefulness: 5,
      nextTopic: 'short-video',
      note: ' x ',
      noteReader: 'partner',
    });
    expect(feedbackBody.parse(full)).toEqual({
      tookPlace: true,
      usefulness: 5,
      nextTopic: 'short-video',
      note: 'x',
      noteReader: 'partner',
    });
  });

  it('drops everything else when the session did not take place', () => {
    expect(toFeedbackBody({ ...draftOf(null), tookPlace: false, usefulness: 3, note: 'x' })).toEqual({
      tookPlace: false,
    });
  });

  it('begins from the stored answer', () => {
    const stored = {
      tookPlace: true,
      usefulness: 4,
      nextTopic: null,
      note: 'n',
      noteReader: 'onlyMe' as const,
      rightMatch: 'unsure' as const,
      safeToSpeak: 3,
      taughtBy: 'both' as const,
    };
    expect(draftOf(stored)).toEqual(stored);
  });
});
