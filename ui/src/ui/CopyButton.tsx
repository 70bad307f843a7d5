/** Copies a text and says for a moment that it did. */
import { useEffect, useState } from 'react';
import { Button } from './Button';

interface Props {
  text: string | (() => string);
  label?: string;
  /** Shows the label beside the icon. */
  wide?: boolean;
  className?: string | undefined;
}

export function CopyButton({ text, label = 'Copy', wide = false, className }: Props) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 1200);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
    setCopied(true);
  };
  return (
    <Button
      bare
      small
      iconOnly={!wide}
      icon={copied ? 'done' : 'copy'}
      label={copied ? 'Copied' : label}
      className={className}
      onClick={(event) => {
        event.stopPropagation();
        void copy();
      }}
    />
  );
}
