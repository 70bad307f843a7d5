/** The frame around every page: where you are, which project, and the theme. */
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useProject, withProject } from '../api/project';
import { useVersion } from '../api/server';
import { SavedMenu } from '../features/saved/SavedMenu';
import { Button } from '../ui/Button';
import { toggleTheme, useTheme } from '../ui/theme';
import { ProjectSwitcher } from './ProjectSwitcher';
import styles from './Shell.module.css';

export function Shell({ children }: { children: ReactNode }) {
  const theme = useTheme();
  const project = useProject();
  const [path] = useLocation();
  const version = useVersion();
  const onTraces = path === '/' || path.startsWith('/trace/');
  return (
    <div className={styles.shell}>
      <header className={styles.bar}>
        <Link href={withProject('/', project)} className={styles.brand} aria-label="spanhouse, all traces">
          <Mark />
          <span>spanhouse</span>
        </Link>
        <nav className={styles.nav} aria-label="Pages">
          <Link href={withProject('/', project)} aria-current={onTraces ? 'page' : undefined}>
            Traces
          </Link>
          <Link href={withProject('/logs', project)} aria-current={path === '/logs' ? 'page' : undefined}>
            Logs
          </Link>
          <Link href={withProject('/sql', project)} aria-current={path === '/sql' ? 'page' : undefined}>
            SQL
          </Link>
          <Link href={withProject('/ingest', project)} aria-current={path === '/ingest' ? 'page' : undefined}>
            Ingest
          </Link>
        </nav>
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
