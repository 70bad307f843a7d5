/** The project every question is asked in; it lives in the URL as `project`. */
import { useSearch } from 'wouter';

export const DEFAULT_PROJECT = 'default';

export function useProject(): string {
  return new URLSearchParams(useSearch()).get('project') || DEFAULT_PROJECT;
}

/** A path within the page that stays in the same project. */
export function withProject(path: string, project: string): string {
  if (project === DEFAULT_PROJECT) return path;
  return `${path}${path.includes('?') ? '&' : '?'}project=${encodeURIComponent(project)}`;
}
