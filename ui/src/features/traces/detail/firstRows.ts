/** Measures `trace:first-rows`: from the navigation, or the click that led here, to the first rows on screen. */

const landedOn = window.location.pathname;
let landingIsOver = false;

/** The moment this trace was asked for; 0 when the browser opened its address. */
export function routeStart(): number {
  if (!landingIsOver && window.location.pathname === landedOn) return 0;
  return performance.now();
}

export function leaveTrace(): void {
  landingIsOver = true;
}

/** Call when rows are in the document; the measure ends in the first task after the frame that shows them. */
export function measureFirstRows(start: number, spanCount: number): void {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.addEventListener('message', () => {
      channel.port1.close();
      performance.measure('trace:first-rows', { start, end: performance.now(), detail: { spanCount } });
    });
    channel.port1.start();
    channel.port2.postMessage(null);
  });
}
