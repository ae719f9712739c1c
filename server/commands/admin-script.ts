import { readScriptSettings } from '../config.ts';
import { writeInstallScript } from './admin-script/write-install-script.ts';
import { writeRemovalScript } from './admin-script/write-removal-script.ts';
import type { ScriptInput } from './admin-script/script-parts.ts';
import { readArgs, UsageError } from './read-args.ts';

/**
 * `inverso admin-script [--rights basic] [--participants ADDRESS] [--remove]`: prints the PowerShell script with which an
 * administrator of Microsoft 365 installs Inverso, or removes it. Reads the settings of the server, and no secret.
 */
export async function adminScript(args: string[]): Promise<number> {
  const { rights, participants, remove } = readArgs(args, {
    rights: { kind: 'choice', default: 'basic', of: ['basic', 'full'] },
    participants: { kind: 'text', default: '' },
    remove: { kind: 'flag' },
  });
  if (rights === 'full' && participants === '' && !remove)
    throw new UsageError([
      { path: 'participants', reason: 'full rights need the address of the group that holds all participants' },
    ]);
  const input: ScriptInput = {
    settings: readScriptSettings(),
    rights: rights === 'full' ? 'full' : 'basic',
    participantsGroup: participants === '' ? null : participants,
  };
  try {
    process.stdout.write(remove ? writeRemovalScript(input) : writeInstallScript(input));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError([{ path: 'participants', reason: error.message }]);
  }
  return 0;
}
