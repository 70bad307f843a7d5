/** Links to the pages: those that fit, and a menu of the others. */
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Link, useLocation } from 'wouter';
import { useProject, withProject } from '../api/project';
import { Icon } from '../ui/Icon';
import styles from './Nav.module.css';
import { PAGES, fittingLinks, pageOf, type NavPage } from './pages';

const GAP = 4;

export function Nav() {
  const bar = useRef<HTMLElement>(null);
  const [path] = useLocation();
  const current = pageOf(path);
  const count = useFitting(bar);
  const rest = PAGES.slice(count);
  return (
    <nav ref={bar} className={styles.nav} aria-label="Pages">
      {PAGES.map((page, index) => (
        // Those that do not fit stay in the document, unseen and out of reach, to be measured again.
        <NavLink key={page.path} page={page} current={current} hidden={index >= count} />
      ))}
      {/* In the document even when all fit, so that its width is known before it is needed. */}
      <More pages={rest} current={current} />
    </nav>
  );
}

interface LinkProps {
  page: NavPage;
  current: NavPage | undefined;
  hidden?: boolean;
}

function NavLink({ page, current, hidden = false }: LinkProps) {
  const project = useProject();
  return (
    <Link
      href={withProject(page.path, project)}
      aria-current={page === current ? 'page' : undefined}
      className={hidden ? styles.unseen : undefined}
      title={`g ${page.key}`}
      data-measured
    >
      {page.label}
    </Link>
  );
}

function More({ pages, current }: { pages: readonly NavPage[]; current: NavPage | undefined }) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const here = pages.find((page) => page === current);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && open) {
      event.stopPropagation();
      setOpen(false);
      button.current?.focus();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || !open) return;
    event.preventDefault();
    const links = [...(box.current?.querySelectorAll('a') ?? [])];
    const at = links.findIndex((link) => link === document.activeElement);
    links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the button and the links have the roles
    <div
      ref={box}
      className={pages.length > 0 ? styles.more : `${styles.more} ${styles.unseen}`}
      data-measured
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        aria-expanded={open}
        aria-label={here ? `${here.label}, more pages` : 'More pages'}
        data-here={here !== undefined}
        onClick={() => setOpen(!open)}
      >
        {here?.label ?? 'More'}
        <Icon name="down" size={10} />
      </button>
      {open && (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- a chosen link closes it
        <div className={styles.menu} onClick={() => setOpen(false)}>
          {pages.map((page) => (
            <NavLink key={page.path} page={page} current={current} />
          ))}
        </div>
      )}
    </div>
  );
}

/** Measured again when the bar or a label changes its width: by the window, the font, the page that "More" names. */
function useFitting(bar: { current: HTMLElement | null }): number {
  const [count, setCount] = useState(PAGES.length);
  useLayoutEffect(() => {
    if (!bar.current) return undefined;
    const boxes = [...bar.current.querySelectorAll<HTMLElement>(':scope > [data-measured]')];
    const measure = () => {
      const widths = boxes.map((box) => box.offsetWidth);
      const more = widths.pop() ?? 0;
      setCount(fittingLinks(widths, GAP, bar.current?.clientWidth ?? 0, more));
    };
    measure();
    const observer = new ResizeObserver(measure);
    for (const element of [bar.current, ...boxes]) observer.observe(element);
    return () => observer.disconnect();
  }, [bar]);
  return count;
}
