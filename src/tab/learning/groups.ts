import type { Topic } from '../../../server/contract/vocabulary.ts';

/** The library's shelves. Each topic stands on one of them; a test compares. */
export const TOPIC_GROUPS = {
  technology: [
    'generative-ai',
    'prompt-practice',
    'data-literacy',
    'own-systems',
    'cybersecurity-habits',
    'technology-investments',
  ],
  social: ['social-media-presence', 'brand-on-social-media', 'short-video', 'online-communities'],
  customers: ['digital-customers', 'market-trends', 'public-digital-services', 'sustainability'],
  work: ['collaboration-tools', 'new-ways-of-working', 'remote-work', 'feedback-culture'],
  people: ['younger-generations', 'communication-between-generations', 'inclusion-and-language'],
} as const satisfies Record<string, readonly Topic[]>;

export type TopicGroup = keyof typeof TOPIC_GROUPS;
