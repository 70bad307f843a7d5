/** A vertical divider that is dragged, or moved with the arrow keys. */
import { useRef, type CSSProperties, type PointerEvent } from 'react';
import styles from './Splitter.module.css';

interface Props {
  label: string;
  value: number;
  least: number;
  most: number;
  /** -1 when the sized side is on the right. */
  direction?: 1 | -1;
  onChange: (value: number) => void;
  style?: CSSProperties;
  className?: string | undefined;
}

const KEY_STEP = 16;

export function Splitter({ label, value, least, most, direction = 1, onChange, style, className }: Props) {
  const drag = useRef<{ x: number; value: number } | null>(null);
  const change = (next: number) => onChange(Math.round(Math.min(Math.max(next, least), most)));
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current) change(drag.current.value + (event.clientX - drag.current.x) * direction);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a focusable separator is a widget
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={least}
      aria-valuemax={most}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
      tabIndex={0}
      className={className ? `${styles.splitter} ${className}` : styles.splitter}
      style={style}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { x: event.clientX, value };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => (drag.current = null)}
      onPointerCancel={() => (drag.current = null)}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -KEY_STEP, ArrowRight: KEY_STEP }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        change(value + step * direction);
      }}
    />
  );
}
