/** Line icons on a 16-pixel grid, drawn with the text's colour; the name says the meaning, not the shape. */

const PATHS = {
  open: 'M6 4l4 4-4 4',
  close: 'M4 4l8 8M12 4l-8 8',
  down: 'M4 6l4 4 4-4',
  up: 'M4 10l4-4 4 4',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.3 10.3 14 14',
  copy: 'M5.5 5.5V3A1 1 0 0 1 6.5 2H13a1 1 0 0 1 1 1v6.5a1 1 0 0 1-1 1h-2.5M3 5.5h6.5a1 1 0 0 1 1 1V13a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V6.5a1 1 0 0 1 1-1Z',
  done: 'M3 8.5 6.5 12 13 4.5',
  without: 'M3.5 8h9',
  with: 'M3.5 8h9M8 3.5v9',
  wrap: 'M2 4h12M2 8h10a2 2 0 0 1 0 4H8M10 10l-2 2 2 2',
  filter: 'M2 3.5h12M4.5 8h7M7 12.5h2',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13.5 9.8A6 6 0 0 1 6.2 2.5a6 6 0 1 0 7.3 7.3Z',
  help: 'M6 6a2 2 0 1 1 3 1.7c-.7.4-1 .800-1 1.6M8 12v.1M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Z',
  live: 'M8 9.2a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4ZM4.8 11.2a4.5 4.5 0 0 1 0-6.4M11.2 4.8a4.5 4.5 0 0 1 0 6.4M2.7 13.3a7.5 7.5 0 0 1 0-10.6M13.3 2.7a7.5 7.5 0 0 1 0 10.6',
  chat: 'M8 1.5c.500 3.8 2.2 5.6 6.5 6.5-4.3.9-6 2.7-6.5 6.5C7.5 10.7 5.8 8.9 1.5 8 5.8 7.1 7.5 5.3 8 1.5Z',
  tool: 'M9.8 5.2a3.3 3.3 0 0 1 4.3-3L12 4.3l.3 1.4 1.4.3 2-2a3.3 3.3 0 0 1-4.4 4l-5.4 5.5a1.6 1.6 0 0 1-2.3-2.3l5.5-5.4a3.3 3.3 0 0 1 .7-.6Z',
  agent: 'M8 1.5 13.6 4.8v6.4L8 14.5l-5.6-3.3V4.8L8 1.5ZM8 6v4M6 8h4',
  embedding: 'M3 3h2v2H3zM11 3h2v2h-2zM7 7h2v2H7zM3 11h2v2H3zM11 11h2v2h-2z',
  critical: 'M1.5 12h3l2-8h3l2 5h3',
  fit: 'M2 5V2.5h2.5M11.5 2.5H14V5M14 11v2.5h-2.5M4.5 13.5H2V11M5 8h6',
  foldAll: 'M4 2.5 8 6l4-3.5M4 13.5 8 10l4 3.5',
  unfoldAll: 'M4 6l4-3.5L12 6M4 10l4 3.5 4-3.5',
  error: 'M8 1.8 14.8 13.5H1.2L8 1.8ZM8 6.3v3.4M8 11.6v.1',
  unlinked: 'M6.5 9.5 4.6 11.4a2.3 2.3 0 0 1-3.2-3.2L3.3 6.3M9.5 6.5l1.9-1.9a2.3 2.3 0 0 1 3.2 3.2l-1.9 1.9M2 2l12 12',
  link: 'M6.7 9.3a2.5 2.5 0 0 1 0-3.5l2.4-2.4a2.5 2.5 0 0 1 3.5 3.5l-1.2 1.2M9.3 6.7a2.5 2.5 0 0 1 0 3.5l-2.4 2.4a2.5 2.5 0 0 1-3.5-3.5l1.2-1.2',
  download: 'M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11',
  log: 'M3 3.5h10M3 8h10M3 12.5h6',
  back: 'M10 4 6 8l4 4',
  to: 'M2.5 8h11M9.5 4l4 4-4 4',
  comment: 'M2.5 3h11v8H8l-3 2.500V11H2.500Z',
  bookmark: 'M8 2l1.8 3.700 4.100.600-3 2.900.700 4L8 11.300 4.400 13.200l.700-4-3-2.900 4.100-.600Z',
  added: 'M8 3v10M3 8h10',
  removed: 'M3 8h10',
  changed: 'M2.5 9.5c1.2-3 3.2-3.5 5.5-1.5s4.3 1.5 5.5-1.5',
  moved: 'M5 13.5v-11M2 5.5l3-3 3 3M11 2.5v11M8 10.5l3 3 3-3',
  swap: 'M2.5 5.5h10M9.5 2.5l3 3-3 3M13.5 10.5h-10M6.5 7.5l-3 3 3 3',
  keyUp: 'M8 13.5v-11M4 6.5l4-4 4 4',
  keyDown: 'M8 2.5v11M4 9.5l4 4 4-4',
  keyLeft: 'M13.5 8h-11M6.5 4l-4 4 4 4',
  keyRight: 'M2.5 8h11M9.5 4l4 4-4 4',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 14 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" style={{ flex: 'none' }}>
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
