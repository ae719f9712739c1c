export async function countCalls(_say: unknown, _mentees: number): Promise<void> {}
