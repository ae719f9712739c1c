import { matchCohort, type CohortMatching } from '../domain/matching/match-cohort.ts';
import { priceWishes, type WishedMatching } from '../domain/matching/price-wishes.ts';
import { answerCall } from './answer-call.ts';

/* The thread in which createMatcher has big cohorts matched, and wishes about them priced. */
answerCall((input: CohortMatching | WishedMatching) => ('wished' in input ? priceWishes(input) : matchCohort(input)));
