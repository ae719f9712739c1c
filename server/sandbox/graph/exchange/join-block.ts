/** What Exchange adds to the body of an online meeting; a body written without it ends the online meeting. */
export const joinBlock = (joinUrl: string): string =>
  `<div class="me-email-text"><div>________________</div><div>Microsoft Teams</div><a href="${joinUrl}">Join the meeting now</a></div>`;
