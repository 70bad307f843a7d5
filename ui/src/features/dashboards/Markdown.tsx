/** The little of Markdown that a note needs: headings, lists, bold, code, links. Everything else is text, HTML too. */
import type { ReactNode } from 'react';
import styles from './Dashboard.module.css';

const INLINE = /\*\*(.+?)\*\*|`([^`]+)`|\[([^\]]+)\]\((https?:\/\/[^\s)]+|\/[^\s)]*)\)/g;

export function Markdown({ text }: { text: string }) {
  return <div className={styles.markdown}>{blocks(text)}</div>;
}

function blocks(text: string): ReactNode[] {
  return text.split(/\n{2,}/).map((block, at) => {
    const key = `${at} ${block.slice(0, 20)}`;
    const heading = /^#{1,3} (.*)$/.exec(block.trim());
    if (heading) return <h3 key={key}>{inline(heading[1]!)}</h3>;
    const lines = block.split('\n').filter((line) => line.trim() !== '');
    if (lines.length > 0 && lines.every((line) => /^[-*] /.test(line))) {
      return (
        <ul key={key}>
          {lines.map((line) => (
            <li key={line}>{inline(line.slice(2))}</li>
          ))}
        </ul>
      );
    }
    return <p key={key}>{inline(block)}</p>;
  });
}

function inline(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    parts.push(text.slice(at, match.index));
    const [whole, bold, code, label, address] = match;
    if (bold) parts.push(<b key={match.index}>{bold}</b>);
    else if (code) parts.push(<code key={match.index}>{code}</code>);
    else parts.push(<a key={match.index} href={address}>{label}</a>);
    at = match.index + whole.length;
  }
  return [...parts, text.slice(at)];
}
