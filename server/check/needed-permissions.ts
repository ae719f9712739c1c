/** One application permission: its name and Microsoft's id for it. What each is for stands in the texts (`checkUses`). */
export interface NeededPermission {
  name: string;
  id: string;
}

/** Which of the two apps: `main` signs people in and speaks to them, `daemon` reads the organization and the calendars. */
export type AppName = 'main' | 'daemon';

/** All that the apps ask of Microsoft Graph. Rights to calendars are not among them: Exchange gives those, mailbox by mailbox. */
export const NEEDED_PERMISSIONS: Record<AppName, readonly NeededPermission[]> = {
  main: [
    {
      name: 'AppCatalog.Read.All',
      id: 'e12dae10-5a57-4817-b79d-dfbec5348930',
    },
    {
      name: 'TeamsAppInstallation.ReadWriteSelfForUser.All',
      id: '908de74d-f8b2-4d6b-a9ed-2a17b3b78179',
    },
  ],
  daemon: [
    { name: 'User.Read.All', id: 'df021288-bdef-4463-88db-98f22de89214' },
    { name: 'GroupMember.Read.All', id: '98830695-27a2-44f7-8c18-0c3ebc9698f6' },
  ],
};

/** May be granted: without it pages show initials. */
export const OPTIONAL_PERMISSIONS: Record<AppName, readonly string[]> = { main: [], daemon: ['ProfilePhoto.Read.All'] };
