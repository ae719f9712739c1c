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

/** What mentors learn before they begin; an organization chooses per cohort which are required. */
export const TRAINING_MODULES = ['teaching', 'speaking-up', 'trust', 'thirty-minutes'] as const;
export const trainingModule = z.enum(TRAINING_MODULES);
export type TrainingModule = z.infer<typeof trainingModule>;

const section = z.strictObject({ title: line(80), text: lines(1, 4, 900) });
const question = z
  .strictObject({
    question: line(250),
    answers: lines(2, 4, 250),
    /** Which of the answers is right, from 0. */
    right: z.int().check(z.minimum(0)),
    /** A sentence on why. */
    why: line(300),
  })
  .check(z.refine(({ answers, right }) => right < answers.length, 'right must name one of the answers, from 0'));

/** `training/<module>.json` */
export const moduleFile = z.strictObject({
  title: line(80),
  lead: line(300),
  /** About how long reading it takes. */
  minutes: z.int().check(z.minimum(1), z.maximum(30)),
  sections: z.array(section).check(z.minLength(4), z.maxLength(6)),
  check: z.array(question).check(z.length(3)),
});
export type ModuleFile = z.infer<typeof moduleFile>;

/** `training/executive.json`: the one page for executives, which is read in two minutes and asks nothing. */
export const executiveFile = z.strictObject({
  title: line(80),
  lead: line(300),
  minutes: z.int().check(z.minimum(1), z.maximum(10)),
  sections: z.array(section).check(z.minLength(1), z.maxLength(5)),
});
export type ExecutiveFile = z.infer<typeof executiveFile>;

/**
 * `agreement/<version>.json`: one version of what both sides agree to. `{{shape}}` becomes the rhythm of the cohort (`6
 * sessions, 30 minutes each, every 4 weeks`), `{{total}}` the time of all sessions together.
 */
export const agreementFile = z.strictObject({
  rhythm: line(400).check(z.includes('{{shape}}')),
  /** Only where sessions may move by themselves. */
  moves: line(400),
  topics: line(400),
  confidential: line(400),
  /** Where confidentiality ends. */
  limits: line(400),
  appraisal: line(400),
  /** What the program expects of each side. */
  expects: z.strictObject({ mentor: lines(1, 4, 300), mentee: lines(1, 4, 300) }),
});
export type AgreementFile = z.infer<typeof agreementFile>;
