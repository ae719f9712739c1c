export async function serve(_args: string[]): Promise<number> { return 1; }
