import { explainFault } from './explain-fault.ts';
import { UsageError } from './commands/read-args.ts';
import { ConfigError } from './config.ts';

const HELP = `inverso <command>

  serve      the server, configured by the environment (see README)
  sandbox    a whole simulated Microsoft 365 with a seeded company, and the server in it
             [--fresh] [--people 60] [--executives 12] [--seed 1]
  simulate   a whole program in virtual time, with an audit at the end
             [--people 300] [--mentees 40] [--weeks 26] [--seed 1] [--database URL] [--keep] [--sandbox-port P]
             [--graph-via URL] [--faults RATE] [--json]
  assign     the best assignment of given scores, proven: assign FILE, or - for stdin (JSON)
  match      the best matching of people, with reasons: match FILE, or - for stdin (JSON)
             [--seed 1] [--explain] [--language en] [--scores-out FILE]
  slots      the best times of a series for two or more people, all dates judged: slots FILE, or - for stdin (JSON)
             [--explain]
  migrate    brings the database to the newest schema
  package    builds the app package for the catalog and the XML manifest of the Outlook part; names every fault
             [--env NAME or FILE]
  admin-script  the PowerShell script that installs Inverso in the tenant of the settings, or removes it
             [--rights basic] [--participants ADDRESS] [--remove]
  check      says what the server can and cannot reach, and why
             [--json] [--probe]
`;

const COMMANDS: Record<string, () => Promise<(args: string[]) => Promise<number>>> = {
  serve: async () => (await import('./commands/serve.ts')).serve,
  sandbox: async () => (await import('./commands/sandbox.ts')).sandbox,
  simulate: async () => (await import('./commands/simulate.ts')).simulate,
  assign: async () => (await import('./commands/assign.ts')).assign,
  match: async () => (await import('./commands/match.ts')).match,
  slots: async () => (await import('./commands/slots.ts')).slots,
  migrate: async () => (await import('./commands/migrate-database.ts')).migrateDatabase,
  package: async () => (await import('./commands/package-app.ts')).packageApp,
  'admin-script': async () => (await import('./commands/admin-script.ts')).adminScript,
  check: async () => (await import('./commands/check.ts')).check,
};

async function run(argv: string[]): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || name === 'help' || name === '--help') {
    process.stdout.write(HELP);
    return name === undefined ? 2 : 0;
  }
  const load = COMMANDS[name];
  if (!load)
    throw new UsageError([{ path: 'command', reason: `'${name}' is none of ${Object.keys(COMMANDS).join(', ')}` }]);
  return (await load())(args);
}

run(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    if (error instanceof UsageError || error instanceof ConfigError) {
      for (const fault of error.faults) process.stderr.write(`${JSON.stringify(fault)}\n`);
      process.exit(2);
    }
    process.stderr.write(`${explainFault(error)}\n`);
    process.exit(1);
  },
);
