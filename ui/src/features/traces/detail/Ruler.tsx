/** Time ticks over the bars; dragging across them zooms, a double click shows the whole trace. */
import { formatDuration } from '../../../format/duration';
import { fullZoom, listTicks, toNano, toPixel, type Zoom } from '../model/layout';
import styles from './Ruler.module.css';
import { useBrush } from './useBrush';

/** Room for the widest label, "1h 30m 15s". */
export const TICK_GAP = 88;

/** A label cut at the edge would read as another number. */
const LABEL_WIDTH = 56;

interface Props {
  zoom: Zoom;
  width: number;
  duration: number;
  onZoom: (zoom: Zoom) => void;
}

export function Ruler({ zoom, width, duration, onZoom }: Props) {
  const { brush, handlers } = useBrush((from, to) =>
    onZoom({ from: toNano(from, zoom, width), to: toNano(to, zoom, width) }),
  );
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the same by keyboard: Shift+arrows, A, D
    <div className={styles.ruler} {...handlers} onDoubleClick={() => onZoom(fullZoom(duration))}>
      {listTicks(zoom, width, TICK_GAP).map((tick) => {
        const left = Math.round(toPixel(tick, zoom, width));
        return (
          <span key={tick} className={styles.tick} style={{ left }}>
            {left + LABEL_WIDTH < width && (tick === 0 ? '0' : formatDuration(tick))}
          </span>
        );
      })}
      {brush && <span className={styles.brush} style={{ left: brush.from, width: brush.to - brush.from }} />}
    </div>
  );
}
