import { describe, expect, it } from 'vitest';
import { explainFault } from '../../server/explain-fault.ts';

const fault = (message: string, extra: object): Error => Object.assign(new Error(message), extra);

describe('explainFault', () => {
  it.each([
    [
      fault('listen', { code: 'EADDRINUSE', port: 80 }),
      'Port 80 is taken by another program. Set PORT to another one.',
    ],
    [
      fault('listen', { code: 'EACCES', port: 80, syscall: 'listen' }),
      'Port 80 may not be used by this user. Set PORT to one above 1023.',
    ],
    [fault('mkdir', { code: 'EROFS', path: '/a' }), '/a cannot be used: the disk is read-only.'],
    [
      fault('connect ECONNREFUSED 127.0.0.1:1', { code: 'ECONNREFUSED' }),
      'The database cannot be reached: connect ECONNREFUSED 127.0.0.1:1.',
    ],
    [
      new AggregateError([fault('connect ECONNREFUSED ::1:1', { code: 'ECONNREFUSED' })], ''),
      'The database cannot be reached: connect ECONNREFUSED ::1:1.',
    ],
    [new Error('first line\n    at somewhere'), 'first line'],
    [new TypeError(''), 'TypeError'],
    ['a word', 'a word'],
  ])('%s', (error, sentence) => {
    expect(explainFault(error)).toBe(sentence);
  });
});
