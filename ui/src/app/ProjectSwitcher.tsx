/** Chooses the project; shown only when there is more than one, or the one in the URL has no data yet. */
import { useLocation } from 'wouter';
import { useProject, withProject } from '../api/project';
import { useProjects } from '../api/server';
import { pageOf } from './pages';
import styles from './Shell.module.css';

export function ProjectSwitcher() {
  const project = useProject();
  const projects = useProjects();
  const [path, navigate] = useLocation();
  const names = new Set([...(projects.data?.projects.map((p) => p.name) ?? []), project]);
  if (names.size < 2) return null;
  return (
    <select
      aria-label="Project"
      className={styles.project}
      value={project}
      onChange={(event) => navigate(withProject(pageOf(path)?.path ?? '/', event.target.value))}
    >
      {[...names].toSorted().map((name) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  );
}
