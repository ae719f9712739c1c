export async function migrateDatabase(_args: string[]): Promise<number> { return 1; }
