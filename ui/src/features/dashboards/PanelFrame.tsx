/** A panel in the grid. While the dashboard is edited it is dragged by its title, resized by its corner, and both by buttons. */
import { useRef, useState, type PointerEvent } from 'react';
import { Button } from '../../ui/Button';
import type { Bounds } from '../../ui/timeWindow';
import styles from './Dashboard.module.css';
import { PanelContent } from './PanelContent';
import { resized, type Panel } from './model/dashboard';

const ROW = 56;
const GAP = 10;
const HEAD = 36;

export interface PanelActions {
  onChange: (panel: Panel) => void;
  onMove: (id: string, step: number) => void;
  /** The panel `id` was dropped on this one. */
  onDrop: (id: string, onto: string) => void;
  onEdit: (panel: Panel) => void;
  onRemove: (id: string) => void;
}

interface Props {
  panel: Panel;
  bounds: Bounds;
  onZoom: (fromMs: number, toMs: number) => void;
  /** Only while the dashboard is edited. */
  actions: PanelActions | null;
}

export function PanelFrame({ panel, bounds, onZoom, actions }: Props) {
  const [isOver, setIsOver] = useState(false);
  const { id, title, width, height, content } = panel;
  const name = title || 'panel';
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping has its buttons in the head
    <section
      className={styles.panel}
      aria-label={name}
      data-over={isOver}
      data-kind={content.kind === 'sql' ? content.view : content.kind}
      style={{ gridColumn: `span ${width}`, gridRow: `span ${height}` }}
      onDragOver={(event) => {
        if (!actions) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        setIsOver(false);
        actions?.onDrop(event.dataTransfer.getData('text/plain'), id);
      }}
    >
      <header draggable={actions !== null} onDragStart={(event) => event.dataTransfer.setData('text/plain', id)}>
        <h2 title={title}>{title}</h2>
        {actions && (
          <>
            <Button bare small iconOnly icon="keyLeft" label={`Move ${name} back`} onClick={() => actions.onMove(id, -1)} />
            <Button bare small iconOnly icon="keyRight" label={`Move ${name} on`} onClick={() => actions.onMove(id, 1)} />
            <Button bare small label="Edit" aria-label={`Edit ${name}`} onClick={() => actions.onEdit(panel)} />
            <Button bare small iconOnly icon="close" label={`Remove ${name}`} onClick={() => actions.onRemove(id)} />
          </>
        )}
      </header>
      <div className={styles.content}>
        <PanelContent panel={panel} bounds={bounds} height={height * (ROW + GAP) - GAP - HEAD} onZoom={onZoom} />
      </div>
      {actions && <Resizer panel={panel} onChange={actions.onChange} />}
    </section>
  );
}

const STEPS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function Resizer({ panel, onChange }: { panel: Panel; onChange: (panel: Panel) => void }) {
  const start = useRef<{ x: number; y: number; column: number; panel: Panel } | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const box = event.currentTarget.parentElement!.getBoundingClientRect();
    start.current = { x: event.clientX, y: event.clientY, column: (box.width + GAP) / panel.width, panel };
  };
  const onPointerMove = (event: PointerEvent) => {
    const from = start.current;
    if (!from) return;
    const next = resized(from.panel, from.panel.width + (event.clientX - from.x) / from.column, from.panel.height + (event.clientY - from.y) / (ROW + GAP));
    if (next.width !== panel.width || next.height !== panel.height) onChange({ ...panel, width: next.width, height: next.height });
  };
  return (
    <button
      type="button"
      className={styles.resize}
      aria-label={`Resize ${panel.title || 'panel'}: ${panel.width} of 12 columns, ${panel.height} rows; arrow keys`}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => (start.current = null)}
      onPointerCancel={() => (start.current = null)}
      onKeyDown={(event) => {
        const step = STEPS[event.key];
        if (!step) return;
        event.preventDefault();
        onChange(resized(panel, panel.width + step[0], panel.height + step[1]));
      }}
    />
  );
}
