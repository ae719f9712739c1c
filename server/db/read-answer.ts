/** What the embedded PostgreSQL sent in answer to one exchange, values still as text. */
export interface RawAnswer {
  rows: (string | null)[][];
  /** Columns, where they were asked for. */
  fields: { name: string; typeId: number }[];
  /** Types of the parameters, where they were asked for. */
  parameterTypes: number[];
  /** Rows that the statement touched or gave. */
  affected: number;
}

/** Kinds of messages (PostgreSQL documentation, "Message Formats"); the others carry nothing that is needed here. */
const DATA_ROW = 0x44;
const COMMAND_COMPLETE = 0x43;
const ERROR_RESPONSE = 0x45;
const ROW_DESCRIPTION = 0x54;
const PARAMETER_DESCRIPTION = 0x74;
/** Bytes of a column's description behind its name, and where in them its type stands. */
const DESCRIPTION = 18;
const TYPE_ID = 6;

/**
 * Reads the messages of one answer. PGlite's own reader copies every value twice, which for short statements costs more
 * than the statement. Throws PostgreSQL's error, with its `code` and `constraint`.
 */
export function readAnswer(data: Buffer): RawAnswer {
  const answer: RawAnswer = { rows: [], fields: [], parameterTypes: [], affected: 0 };
  for (let at = 0; at < data.length;) {
    const kind = data[at]!;
    const body = at + 5;
    // The length counts itself, but not the kind.
    const end = at + 1 + data.readInt32BE(at + 1);
    if (kind === DATA_ROW) answer.rows.push(readRow(data, body));
    else if (kind === COMMAND_COMPLETE) {
      // `INSERT 0 3`, `UPDATE 2`: the last word counts the rows.
      answer.affected =
        Number(
          data
            .toString('latin1', body, end - 1)
            .split(' ')
            .at(-1),
        ) || 0;
    } else if (kind === ERROR_RESPONSE) throw readError(data, body);
    else if (kind === ROW_DESCRIPTION) answer.fields = readFields(data, body);
    else if (kind === PARAMETER_DESCRIPTION)
      for (let i = body + 2; i < end; i += 4) answer.parameterTypes.push(data.readInt32BE(i));
    at = end;
  }
  return answer;
}

function readRow(data: Buffer, body: number): (string | null)[] {
  const row = new Array<string | null>(data.readInt16BE(body));
  let at = body + 2;
  for (let i = 0; i < row.length; i++) {
    const length = data.readInt32BE(at);
    at += 4;
    // Minus one is null.
    row[i] = length < 0 ? null : data.toString('utf8', at, at + length);
    at += Math.max(length, 0);
  }
  return row;
}

function readFields(data: Buffer, body: number): RawAnswer['fields'] {
  const fields: RawAnswer['fields'] = [];
  let at = body + 2;
  for (let left = data.readInt16BE(body); left > 0; left--) {
    const nameEnd = data.indexOf(0, at);
    fields.push({ name: data.toString('utf8', at, nameEnd), typeId: data.readInt32BE(nameEnd + 1 + TYPE_ID) });
    at = nameEnd + 1 + DESCRIPTION;
  }
  return fields;
}

/** Fields of an error, each a letter and a text; of them the message (M), the code (C) and the constraint (n) count. */
function readError(data: Buffer, body: number): Error {
  const texts = new Map<string, string>();
  for (let at = body; data[at] !== 0;) {
    const end = data.indexOf(0, at + 1);
    texts.set(String.fromCharCode(data[at]!), data.toString('utf8', at + 1, end));
    at = end + 1;
  }
  const error = new Error(texts.get('M') ?? 'the database gave no reason');
  return Object.assign(error, { code: texts.get('C'), constraint: texts.get('n') });
}
