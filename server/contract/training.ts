import * as z from 'zod/mini';
import { trainingModule } from './content.ts';
import { guideView } from './http.ts';
import { isoInstant, topic } from './vocabulary.ts';

const trainingSection = z.object({ title: z.string(), text: z.array(z.string()) });

/** The modules with the caller's progress. */
export const trainingReply = z.object({
  modules: z.array(
    z.object({
      moduleId: trainingModule,
      title: z.string(),
      lead: z.string(),
      minutes: z.int(),
      /** A cohort of the caller's asks for it before their pairs start. */
      isRequired: z.boolean(),
      finishedAt: z.nullable(isoInstant),
    }),
  ),
});
export type TrainingReply = z.infer<typeof trainingReply>;

/** One module; right answers are told only about what was answered. */
export const moduleReply = z.object({
  moduleId: trainingModule,
  title: z.string(),
  lead: z.string(),
  minutes: z.int(),
  sections: z.array(trainingSection),
  check: z.array(z.object({ question: z.string(), answers: z.array(z.string()) })),
  finishedAt: z.nullable(isoInstant),
  /** The next one that the caller has not finished, required ones first; null: none is left. */
  next: z.nullable(z.object({ moduleId: trainingModule, title: z.string() })),
});
export type ModuleReply = z.infer<typeof moduleReply>;

/** What was answered so far, by question; null: nothing yet. */
export const checkBody = z.strictObject({
  answers: z.array(z.nullable(z.int().check(z.minimum(0), z.maximum(3)))).check(z.minLength(1), z.maxLength(3)),
});
export const checkReply = z.object({
  /** About each question; null: it was not answered. */
  results: z.array(z.nullable(z.object({ isRight: z.boolean(), why: z.string() }))),
  isFinished: z.boolean(),
  /** Nothing is missing any more, and pairs that waited for it go on. */
  isReady: z.boolean(),
});
export type CheckReply = z.infer<typeof checkReply>;

/** The executives' two minutes. */
export const executivePageReply = z.object({
  title: z.string(),
  lead: z.string(),
  minutes: z.int(),
  sections: z.array(trainingSection),
});
export type ExecutivePageReply = z.infer<typeof executivePageReply>;

/** The library: what there is to look ahead at. */
export const libraryReply = z.object({
  guides: z.array(z.object({ topic, title: z.string(), belief: z.string(), takeaway: z.string() })),
});
export type LibraryReply = z.infer<typeof libraryReply>;
export const libraryGuideReply = z.object({ guide: guideView });
export type LibraryGuideReply = z.infer<typeof libraryGuideReply>;

/** What a pair agreed to, in the reader's language. */
export const agreementReply = z.object({
  /** To which the reader said yes; before that the one that they are asked about. */
  version: z.int(),
  paragraphs: z.array(z.string()),
  /** What the program expects of the reader. */
  expectations: z.array(z.string()),
});
export type AgreementReply = z.infer<typeof agreementReply>;
