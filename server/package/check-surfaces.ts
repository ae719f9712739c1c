import type { AppPackage, PackageFault } from './package-types.ts';

/** Where the pane shows itself: a received invitation, one's own meeting, a meeting of somebody else. */
const PANE_CONTEXTS = ['mailRead', 'meetingDetailsAttendee', 'meetingDetailsOrganizer'];
/** `getSharedPropertiesAsync`, by which an assistant's pane knows the owner, came with Mailbox 1.8. */
const MAILBOX_VERSION = [1, 8] as const;
/** The only rights to an item; a right of type Application would keep the app from installing itself. */
const ITEM_RIGHTS = ['Mailbox.SharedFolder', 'MailboxItem.Read.User'];

/** Where and with which rights the app shows itself: ribbon actions, contexts of the pane, item rights, the bot. */
export function checkSurfaces({ manifest }: AppPackage): PackageFault[] {
  const faults: PackageFault[] = [];
  const add = (check: PackageFault['check'], where: string, reason: string): void =>
    void faults.push({ check, where, reason });
  const extension = manifest.extensions?.[0];
  const actions = new Set(extension?.runtimes?.flatMap((runtime) => runtime.actions ?? []).map(({ id }) => id));
  const ribbons = extension?.ribbons ?? [];
  const controls = ribbons.flatMap((ribbon) =>
    ribbon.tabs.flatMap((tab) => tab.groups ?? []).flatMap((group) => group.controls ?? []),
  );
  for (const control of controls) {
    if (!control.actionId || !actions.has(control.actionId)) {
      add('action', `control ${control.id}`, `opens ${control.actionId}, which no runtime has`);
    }
  }
  for (const event of extension?.autoRunEvents ?? []) {
    for (const { actionId } of event.events) {
      if (!actions.has(actionId)) add('action', 'autoRunEvents', `runs ${actionId}, which no runtime has`);
    }
  }
  const ids = [
    ...controls.map(({ id }) => id),
    ...ribbons.flatMap((ribbon) => ribbon.tabs.flatMap((tab) => tab.groups ?? [])).map(({ id }) => id),
  ];
  for (const id of ids.filter((id, at) => ids.indexOf(id) !== at))
    add('action', `control ${id}`, 'the id is used twice');

  const contexts: string[] = ribbons.flatMap((ribbon) => ribbon.contexts ?? []).sort();
  if (contexts.join() !== PANE_CONTEXTS.join())
    add('surface', 'extensions[0].ribbons', `shows itself in ${contexts.join(', ')}`);
  const version = extension?.requirements?.capabilities?.find(({ name }) => name === 'Mailbox')?.minVersion ?? '0.0';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < MAILBOX_VERSION[0] || (major === MAILBOX_VERSION[0] && minor < MAILBOX_VERSION[1])) {
    add('surface', 'extensions[0].requirements', `Mailbox ${version} is older than ${MAILBOX_VERSION.join('.')}`);
  }
  if (manifest.bots?.[0]?.scopes.join() !== 'personal')
    add('surface', 'bots[0]', 'the bot speaks to single persons only');

  const rights = manifest.authorization?.permissions?.resourceSpecific ?? [];
  for (const { name, type } of rights) {
    if (type !== 'Delegated') add('permission', name, `is of type ${type}`);
    if (!ITEM_RIGHTS.includes(name)) add('permission', name, 'is not among the rights that the app may ask for');
  }
  for (const name of ITEM_RIGHTS) {
    if (!rights.some((right) => right.name === name))
      add('permission', name, 'is needed by the pane and not asked for');
  }
  return faults;
}
