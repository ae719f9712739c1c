import type { ColumnType } from 'kysely';
import type { Instant } from '../../domain/time/instant.ts';

/** An instant: read as milliseconds, written through `at()`. */
export type At = Instant;
export type NullableAt = ColumnType<Instant | null, Instant | null | undefined, Instant | null>;
/** A value that may be empty and may be left out. */
export type Nullable<T> = ColumnType<T | null, T | null | undefined, T | null>;
