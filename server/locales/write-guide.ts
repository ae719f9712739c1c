import { AGENDA_MINUTES } from '../contract/content.ts';
import type { GuideView } from '../contract/http.ts';
import type { Locale, Topic } from '../contract/vocabulary.ts';
import { scaleAgenda } from '../domain/sessions/scale-agenda.ts';
import type { Content } from './load-content.ts';

/** The guide of a topic in a language, for a session of so many minutes. */
export function writeGuide(content: Content, topic: Topic, locale: Locale, minutes = AGENDA_MINUTES): GuideView {
  const { agenda, ...guide } = content[locale].guides[topic];
  const scaled = scaleAgenda(
    agenda.map((step) => step.minutes),
    minutes,
  );
  return { topic, ...guide, agenda: agenda.map(({ text }, i) => ({ minutes: scaled[i]!, text })) };
}
