/** One cell in full, nested values indented, with its row for the clipboard. */
import type { SqlAnswer } from '../../api/types';
import { Button } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import { formatValue, prettyValue } from './model/columns';
import styles from './ResultTable.module.css';

interface Props {
  columns: SqlAnswer['columns'];
  row: unknown[];
  at: number;
  number: number;
  onClose: () => void;
}

export function CellView({ columns, row, at, number, onClose }: Props) {
  const { name, type } = columns[at]!;
  const asObject = () => JSON.stringify(Object.fromEntries(columns.map((column, index) => [column.name, row[index]])), null, 2);
  return (
    <section className={styles.cell} aria-label={`${name} of row ${number + 1}`}>
      <header>
        <b>{name}</b>
        <span>
          {type}, row {number + 1}
        </span>
        <CopyButton text={formatValue(row[at])} label="Copy cell" wide />
        <CopyButton text={asObject} label="Copy row as JSON" wide />
        <Button bare small iconOnly icon="close" label="Close the cell" onClick={onClose} />
      </header>
      <pre>{prettyValue(row[at])}</pre>
    </section>
  );
}
