/** A chord as the caps to press; arrows are drawn, because the page's fonts have none. */
import { capsOf } from './chord';
import { Icon, type IconName } from './Icon';
import styles from './KeyCaps.module.css';

const ARROWS: Record<string, { icon: IconName; name: string }> = {
  ArrowUp: { icon: 'keyUp', name: 'Up' },
  ArrowDown: { icon: 'keyDown', name: 'Down' },
  ArrowLeft: { icon: 'keyLeft', name: 'Left' },
  ArrowRight: { icon: 'keyRight', name: 'Right' },
};

export function KeyCaps({ chord }: { chord: string }) {
  return (
    <span className={styles.caps}>
      {capsOf(chord).map((cap) => {
        const arrow = ARROWS[cap];
        return (
          <kbd key={cap}>
            {arrow ? <Icon name={arrow.icon} size={10} /> : cap}
            {arrow && <span className="visually-hidden">{arrow.name}</span>}
          </kbd>
        );
      })}
    </span>
  );
}
