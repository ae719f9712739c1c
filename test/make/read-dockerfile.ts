/** One step that changes the image. `from` is the number of the stage that is copied from; null: the project. */
export type Step =
  { kind: 'COPY'; from: string | null; sources: string[]; target: string } | { kind: 'RUN'; command: string };

export interface Stage {
  image: string;
  steps: Step[];
  env: Record<string, string>;
  user: string | null;
  command: string[];
  healthCheck: string | null;
}

/** The stages of a Dockerfile. Throws for an instruction that it does not know, so that none is left out unseen. */
export function readDockerfile(text: string): Stage[] {
  const stages: Stage[] = [];
  const names: string[] = [];
  for (const line of text.split('\n').filter((one) => one.trim() !== '' && !one.startsWith('#'))) {
    const [, kind = '', rest = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    const stage = stages.at(-1)!;
    if (kind === 'FROM') {
      const [, image = '', name = ''] = /^(\S+)(?: AS (\S+))?$/.exec(rest) ?? [];
      names.push(name);
      stages.push({ image, steps: [], env: {}, user: null, command: [], healthCheck: null });
    } else if (kind === 'COPY') {
      const from = /^--from=(\S+) /.exec(rest)?.[1];
      const parts = rest.replace(/^--from=\S+ /, '').split(' ');
      const at = from === undefined ? null : String(names.indexOf(from));
      if (at === '-1') throw new Error(`there is no stage ${from}`);
      stage.steps.push({ kind, from: at, sources: parts.slice(0, -1), target: parts.at(-1)! });
    } else if (kind === 'RUN') stage.steps.push({ kind, command: rest });
    else if (kind === 'ENV') Object.assign(stage.env, Object.fromEntries([rest.split('=')]));
    else if (kind === 'USER') stage.user = rest;
    else if (kind === 'CMD') stage.command = JSON.parse(rest) as string[];
    else if (kind === 'HEALTHCHECK') stage.healthCheck = rest;
    else if (kind !== 'WORKDIR' && kind !== 'EXPOSE') throw new Error(`unknown: ${line}`);
  }
  return stages;
}
