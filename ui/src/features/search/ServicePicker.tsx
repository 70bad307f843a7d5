/** A service to add to the search; what is picked is read in the search itself. */
import { useState } from 'react';
import { Suggest, type Suggestion } from '../../ui/Suggest';
import styles from './ServicePicker.module.css';

interface Props {
  services: Suggestion[];
  onPick: (service: string) => void;
}

export function ServicePicker({ services, onPick }: Props) {
  const [text, setText] = useState('');
  const wanted = text.toLowerCase();
  return (
    <Suggest
      className={styles.picker}
      label="Service"
      placeholder="Service"
      text={text}
      onText={setText}
      onCommit={(value) => {
        setText('');
        if (value.trim() !== '') onPick(value.trim());
      }}
      suggestions={services.filter(({ value }) => value.toLowerCase().includes(wanted))}
    />
  );
}
