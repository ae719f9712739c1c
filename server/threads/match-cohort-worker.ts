import { matchCohort } from '../domain/matching/match-cohort.ts';
import { answerCall } from './answer-call.ts';

/* The thread in which createMatcher has big cohorts matched. */
answerCall(matchCohort);
