type SystemFault = Error & { code?: string; path?: string; port?: number; syscall?: string; address?: string };

const FOLDER_FAULTS: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'part of it is a file',
  EEXIST: 'there is a file of that name',
  ENOENT: 'it does not exist',
};

/** Why a file or folder cannot be used, as the end of a sentence. */
export const describeFolderFault = (error: unknown): string =>
  FOLDER_FAULTS[(error as SystemFault).code ?? ''] ?? (error as Error).message;

/** One sentence for a person at a terminal: what is in the way, and what to do where that is known. Never a stack. */
export function explainFault(error: unknown): string {
  if (error instanceof AggregateError && error.message === '' && error.errors.length > 0)
    return explainFault(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  const { code, path, port, syscall } = error as SystemFault;
  if (code === 'EADDRINUSE' && port !== undefined)
    return `Port ${port} is taken by another program. Set PORT to another one.`;
  if (code === 'EACCES' && syscall === 'listen' && port !== undefined) {
    return `Port ${port} may not be used by this user. Set PORT to one above 1023.`;
  }
  if (path !== undefined && code !== undefined && code in FOLDER_FAULTS) {
    return `${path} cannot be used: ${describeFolderFault(error)}.`;
  }
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND') return `The database cannot be reached: ${error.message}.`;
  return error.message.split('\n')[0] || error.name;
}
