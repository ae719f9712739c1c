/**
 * An extended property id in the form by which two of them are compared: type and GUID without regard to case, the name
 * as it is (Name parts are case-sensitive).
 */
export function normalizePropertyId(id: string): string {
  const match = /^(\w+ (?:\{[^}]*\} )?)(Name )?(.*)$/i.exec(id.trim());
  if (!match) return id;
  const [, head, name, rest] = match;
  return head!.toLowerCase() + (name ? `Name ${rest}` : rest!.toLowerCase());
}
