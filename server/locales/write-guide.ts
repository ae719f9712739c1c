import type { GuideView } from '../contract/http.ts';
import type { Locale, Topic } from '../contract/vocabulary.ts';
import { GUIDES } from './resources.ts';

/** The guide of a topic in a language: 30 minutes, the mentor opens, and the last five belong to the mentor's question. */
export function writeGuide(topic: Topic, locale: Locale): GuideView {
  const { open, question, topics } = GUIDES[locale];
  const { title, show, attempt, prompts, takeaway } = topics[topic];
  return {
    topic,
    title,
    agenda: [
      { minutes: 5, text: open },
      { minutes: 10, text: show },
      { minutes: 10, text: attempt },
      { minutes: 5, text: question },
    ],
    prompts: [...prompts],
    takeaway,
  };
}
