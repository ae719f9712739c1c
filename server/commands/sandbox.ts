export async function sandbox(_args: string[]): Promise<number> { return 1; }
