/** Names as senders give them: a blank one must not leave a blank place. */

export function spanTitle(name: string): string {
  return name.trim() === '' ? 'unnamed span' : name;
}
