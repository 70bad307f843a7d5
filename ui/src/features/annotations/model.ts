/** An annotation as one short text, and what a form holds of one. */
import type { Annotation, AnnotationWrite } from '../../api/types';

export type Kind = Annotation['kind'];
export type ScoreForm = 'number' | 'yes or no' | 'category';

export interface Draft {
  kind: Kind;
  name: string;
  form: ScoreForm;
  value: string;
  text: string;
}

export const EMPTY: Draft = { kind: 'comment', name: '', form: 'number', value: '', text: '' };

function formOf({ score_value: value, score_label: label }: Annotation): ScoreForm {
  if (value !== null && (label === 'true' || label === 'false')) return 'yes or no';
  return value === null ? 'category' : 'number';
}

export function draftOf(annotation: Annotation): Draft {
  const { kind, name, text, score_value: value, score_label: label } = annotation;
  const form = formOf(annotation);
  return { kind, name, form, text, value: form === 'number' ? String(value) : label };
}

/** Null while something is missing. */
export function writeOf({ kind, name, form, value, text }: Draft, spanId: string | null, author: string): AnnotationWrite | null {
  const common = { span_id: spanId, source: 'human' as const, author: author.trim(), name: name.trim(), text: text.trim() };
  const none = { score_value: null, score_label: '' };
  if (kind === 'comment') return common.text ? { ...common, ...none, kind, name: '' } : null;
  if (!common.name) return null;
  if (kind === 'label') return { ...common, ...none, kind };
  const typed = value.trim();
  if (form === 'number') return typed !== '' && Number.isFinite(Number(typed)) ? { ...common, kind, score_value: Number(typed), score_label: '' } : null;
  if (form === 'category') return typed ? { ...common, kind, score_value: null, score_label: typed } : null;
  return typed === 'true' || typed === 'false' ? { ...common, kind, score_value: typed === 'true' ? 1 : 0, score_label: typed } : null;
}

/** "relevance 0.75", "safe yes", "to review", or the comment. */
export function shortOf(annotation: Annotation): string {
  const { kind, name, text, score_value: value, score_label: label, error_type: error } = annotation;
  if (kind === 'comment') return text;
  if (kind === 'label') return name;
  if (formOf(annotation) === 'yes or no') return `${name} ${label === 'true' ? 'yes' : 'no'}`;
  const said = [value === null ? '' : String(Math.round(value * 1e4) / 1e4), label].filter(Boolean).join(' ');
  return `${name} ${said || error || 'no score'}`;
}

/** Who said it and why, for a tooltip. */
export function describe(annotation: Annotation): string {
  const { text, author, source, kind, score_value: value } = annotation;
  const exact = value === null ? '' : `${annotation.name} = ${value}`;
  return [exact, kind === 'comment' ? '' : text, [source, author].filter(Boolean).join(', ')].filter(Boolean).join('\n');
}
