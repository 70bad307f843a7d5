/** The frame around every page: where you are, which project, and the theme. */
import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { useProject, withProject } from '../api/project';
import { useVersion } from '../api/server';
import { SavedMenu } from '../features/saved/SavedMenu';
import { Button } from '../ui/Button';
import { KeySheet, type KeyGroup } from '../ui/KeySheet';
import { toggleTheme, useTheme } from '../ui/theme';
import { Nav } from './Nav';
import { GO_KEYS } from './pages';
import { ProjectSwitcher } from './ProjectSwitcher';
import styles from './Shell.module.css';
import { useGoKeys } from './useGoKeys';

const LIST_KEYS: KeyGroup = {
  title: 'Lists',
  keys: [
    { label: 'Search', chords: ['/'] },
    { label: 'Next or previous trace', chords: ['j', 'k'] },
    { label: 'Open it', chords: ['Enter'] },
    { label: 'Mark it to compare, compare', chords: ['x', 'c'] },
  ],
};
const HELP = [LIST_KEYS, GO_KEYS];

export function Shell({ children }: { children: ReactNode }) {
  const theme = useTheme();
  const project = useProject();
  const version = useVersion();
  const [help, setHelp] = useState(false);
  useGoKeys(() => setHelp(true));
  return (
    <div className={styles.shell}>
      <header className={styles.bar}>
        <Link href={withProject('/', project)} className={styles.brand} aria-label="spanhouse, all traces">
          <Mark />
          <span>spanhouse</span>
        </Link>
        <Nav />
        <div className={styles.right}>
          {version.data && (
            <span
              className={styles.version}
              title={`spanhouse ${version.data.version} on ClickHouse ${version.data.clickhouse}, ${version.data.store}`}
            >
              v{version.data.version}
            </span>
          )}
          <SavedMenu />
          <ProjectSwitcher />
          <Button
            bare
            iconOnly
            icon={theme === 'dark' ? 'sun' : 'moon'}
            label={theme === 'dark' ? 'Light theme' : 'Dark theme'}
            onClick={toggleTheme}
          />
        </div>
      </header>
      <main className={styles.main}>{children}</main>
      {help && <KeySheet groups={HELP} onClose={() => setHelp(false)} />}
    </div>
  );
}

/** A house whose storeys are spans. */
function Mark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" fill="none" strokeWidth="2" strokeLinecap="round" aria-hidden="true">
      <path className={styles.roof} d="M2 8.5 10 2.5l8 6" strokeLinejoin="round" />
      <path d="M5 11h10M8 14.5h6M8 18h3" stroke="currentColor" />
    </svg>
  );
}
