/** A button with text, or with an icon alone; the label is always there for those who cannot see the icon. */
import type { ButtonHTMLAttributes } from 'react';
import styles from './Button.module.css';
import { Icon, type IconName } from './Icon';

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  label: string;
  icon?: IconName;
  /** Shows the icon only; the label becomes the tooltip. */
  iconOnly?: boolean;
  bare?: boolean;
  small?: boolean;
  pressed?: boolean;
}

export function Button({ label, icon, iconOnly, bare, small, pressed, className, ...rest }: Props) {
  const classes = [bare ? styles.bare : styles.button, iconOnly && styles.icon, small && styles.small, className];
  return (
    <button
      type="button"
      className={classes.filter(Boolean).join(' ')}
      aria-label={iconOnly ? label : undefined}
      title={iconOnly ? label : undefined}
      aria-pressed={pressed}
      {...rest}
    >
      {icon && <Icon name={icon} />}
      {!iconOnly && label}
    </button>
  );
}
