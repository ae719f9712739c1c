import * as z from 'zod/mini';

/*
 * The content files that an organization can replace: guides, training, agreement. One file per language and thing; the
 * server reads and checks all of them when it starts.
 */

/** A line of a content file: something is written, and it fits where it is shown. */
const line = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most));
const lines = (least: number, most: number, length: number) =>
  z.array(line(length)).check(z.minLength(least), z.maxLength(most));

/** Length of a session for which the agendas are written; for others they are scaled. */
export const AGENDA_MINUTES = 30;
/** The last step of each agenda: the mentor's own question to the executive. */
export const QUESTION_MINUTES = 5;

const agendaFile = z.array(z.strictObject({ minutes: z.int().check(z.minimum(1)), text: line(300) })).check(
  z.minLength(5),
  z.maxLength(6),
  z.refine(
    (steps) => steps.reduce((sum, { minutes }) => sum + minutes, 0) === AGENDA_MINUTES,
    `the minutes must add up to ${AGENDA_MINUTES}`,
  ),
  z.refine(
    (steps) => steps.at(-1)?.minutes === QUESTION_MINUTES,
    `the last step must take ${QUESTION_MINUTES} minutes: it is the mentor's own question`,
  ),
);

/** `guides/<topic>.json` */
export const guideFile = z.strictObject({
  title: line(80),
  agenda: agendaFile,
  preparation: z.strictObject({ mentor: lines(2, 3, 250), mentee: lines(2, 3, 250) }),
  prompts: lines(4, 5, 200),
  belief: line(250),
  takeaway: line(250),
  action: line(250),
});
export type GuideFile = z.infer<typeof guideFile>;
