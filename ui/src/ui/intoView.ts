/** A ref for the marked one of a list: the arrow keys may have led out of the part that is seen. */
export function intoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}
