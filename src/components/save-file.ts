/** Hands a text to the browser as a file to be kept. Nothing leaves the machine. */
export function saveFile(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it by then, and a page that stays open for days keeps nothing.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
