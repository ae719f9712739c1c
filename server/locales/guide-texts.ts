import type { Topic } from '../contract/vocabulary.ts';

/** What differs between the guides of the topics; each says 30 minutes in four steps. */
export interface GuideText {
  title: string;
  /** What the mentor shows. */
  show: string;
  /** What the mentee does. */
  attempt: string;
  prompts: readonly [string, string, string];
  takeaway: string;
}

/** All guides of one language; the first and the last step are the same for every topic. */
export interface GuideTexts {
  open: string;
  question: string;
  topics: Readonly<Record<Topic, GuideText>>;
}
