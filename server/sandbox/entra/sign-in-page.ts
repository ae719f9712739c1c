import { groupId, GROUP_NAMES, transitiveMembers } from '../people/company-roles.ts';
import type { SandboxPerson, World } from '../world.ts';

/** Text made safe for HTML, attributes included. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const STYLE = `
:root{color-scheme:light dark}
body{font:14px/1.4 "Segoe UI",system-ui,sans-serif;margin:0 auto;max-width:52rem;padding:1.5rem 1rem}
h1{font-size:1.5rem;margin:0}
h2{font-size:1rem;margin:1.5rem 0 .5rem}
h1+p{margin:.25rem 0 1rem}
label{display:block;font-weight:600;margin-bottom:.25rem}
input{border:1px solid GrayText;border-radius:4px;box-sizing:border-box;font:inherit;max-width:26rem;padding:.5rem;width:100%}
ul{display:grid;gap:.5rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr));list-style:none;margin:0;padding:0}
button{background:none;border:1px solid color-mix(in srgb,CanvasText 20%,Canvas);border-radius:6px;color:inherit;cursor:pointer;display:flex;flex-direction:column;font:inherit;font-weight:600;height:100%;overflow-wrap:anywhere;padding:.5rem .75rem;text-align:start;width:100%}
button:hover{border-color:CanvasText}
button:focus-visible,input:focus-visible{outline:3px solid Highlight;outline-offset:1px}
small{color:color-mix(in srgb,CanvasText 75%,Canvas);display:block;font-size:.8571rem;font-weight:400}
[hidden]{display:none}`;

/** Hides whoever does not match what is typed; the whole list stays usable without it. */
const SCRIPT = `
const box=document.querySelector('input[type=search]'),status=document.querySelector('[role=status]');
box.addEventListener('input',()=>{const words=box.value.toLowerCase();let shown=0;
for(const item of document.querySelectorAll('li')){item.hidden=!item.textContent.toLowerCase().includes(words);if(!item.hidden)shown++}
for(const group of document.querySelectorAll('section'))group.hidden=!group.querySelector('li:not([hidden])');
status.textContent=words===''?'':shown===1?'1 person':shown+' people'});
box.form.addEventListener('submit',event=>{if(event.submitter)return;event.preventDefault();document.querySelector('li:not([hidden]) button')?.click()});`;

function page(title: string, body: string, nonce: string): string {
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>
${body}
</main><script nonce="${nonce}">${body.includes('type="search"') ? SCRIPT : ''}</script></body></html>`;
}

/** People who may sign in, in the order of the page: the hinted one alone first, then by what they do in the program. */
function groupPeople(world: World, hint: SandboxPerson | undefined): [string, SandboxPerson[]][] {
  const left = new Map([...world.people].filter(([, person]) => person.accountEnabled && person.deletedAt === null));
  const take = (ids: string[]): SandboxPerson[] =>
    ids.flatMap((id) => {
      const person = left.get(id);
      left.delete(id);
      return person ? [person] : [];
    });
  const members = (name: string): string[] => transitiveMembers(world, groupId(world.seed, name));
  const groups: [string, SandboxPerson[]][] = [
    ['Suggested', take(hint ? [hint.id] : [])],
    ['Administrators', take(members(GROUP_NAMES.administrators))],
    ['Executives', take(members(GROUP_NAMES.executives))],
    ['Mentors', take(members(GROUP_NAMES.volunteers))],
    ['Everybody else', take([...left.keys()])],
  ];
  for (const [, people] of groups) people.sort((a, b) => (a.displayName < b.displayName ? -1 : 1));
  return groups.filter(([, people]) => people.length > 0);
}

const personItem = ({ id, displayName, jobTitle, department }: SandboxPerson): string =>
  `<li><button name="person" value="${escapeHtml(id)}">${escapeHtml(displayName)}<small>${escapeHtml(
    [jobTitle, department].filter((text) => text !== null).join(' · '),
  )}</small></button></li>`;

/** The page on which the person at the keyboard says who to be. Posts `person` to `action`. */
export function signInPage(
  world: World,
  { appName, action, hint, nonce }: { appName: string; action: string; hint: SandboxPerson | undefined; nonce: string },
): string {
  const sections = groupPeople(world, hint)
    .map(
      ([name, people], i) =>
        `<section aria-labelledby="group-${i}"><h2 id="group-${i}">${name}</h2><ul>${people.map(personItem).join('')}</ul></section>`,
    )
    .join('\n');
  return page(
    'Sign in as',
    `<p>to continue to ${escapeHtml(appName)}, in the sandbox of ${escapeHtml(world.domain)}</p>
<form method="post" action="${escapeHtml(action)}">
<label for="search">Find a person</label><input id="search" type="search" autocomplete="off" autofocus>
<p role="status"></p>
${sections}</form>`,
    nonce,
  );
}

/** A page that only says something: an error, or that one has signed out. */
export function messagePage(title: string, message: string): string {
  return page(title, `<p>${escapeHtml(message)}</p>`, '');
}
