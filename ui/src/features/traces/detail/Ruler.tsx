/** Time ticks over the bars; dragging across them zooms, a double click shows the whole trace. */
import { formatDuration } from '../../../format/duration';
import { fullZoom, listTicks, toNano, toPixel, type Zoom } from '../model/layout';
import type { Cut } from '../model/timeline';
import styles from './Ruler.module.css';
import { useBrush } from './useBrush';

/** Room for the widest label, "1h 30m 15s". */
export const TICK_GAP = 88;

/** A label cut at the edge would read as another number. */
const LABEL_WIDTH = 56;

/** The least room for what was cut out. */
const CUT_LABEL_WIDTH = 34;

interface Props {
  /** In places of the axis. */
  zoom: Zoom;
  cuts: readonly Cut[];
  width: number;
  duration: number;
  onZoom: (zoom: Zoom) => void;
}

export function Ruler({ zoom, cuts, width, duration, onZoom }: Props) {
  const { brush, handlers } = useBrush((from, to) =>
    onZoom({ from: toNano(from, zoom, width), to: toNano(to, zoom, width) }),
  );
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the same by keyboard: Shift+arrows, A, D
    <div className={styles.ruler} {...handlers} onDoubleClick={() => onZoom(fullZoom(duration))}>
      {listTicks(zoom, cuts, width, TICK_GAP).map(({ place, time }) => {
        const left = Math.round(toPixel(place, zoom, width));
        return (
          <span key={time} className={styles.tick} style={{ left }}>
            {left + LABEL_WIDTH < width && (time === 0 ? '0' : formatDuration(time))}
          </span>
        );
      })}
      {cuts.map((cut) => {
        const left = toPixel(cut.bandFrom, zoom, width);
        const right = toPixel(cut.bandTo, zoom, width);
        if (right < 0 || left > width) return null;
        const text = formatDuration(cut.to - cut.from);
        return (
          <span
            key={cut.from}
            className={styles.cut}
            style={{ left, width: right - left }}
            title={`${text} cut out: no span without children runs`}
          >
            {right - left > CUT_LABEL_WIDTH && text}
          </span>
        );
      })}
      {brush && <span className={styles.brush} style={{ left: brush.from, width: brush.to - brush.from }} />}
    </div>
  );
}
