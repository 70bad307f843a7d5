/** Where the span comes from: the resource, and the library that made it. */
import type { Span } from '../../../../api/types';
import { Attributes } from './Attributes';
import { Fact } from './Fact';
import styles from './Facts.module.css';

export function Resource({ span: { resource, scope } }: { span: Span }) {
  return (
    <>
      <h3 className={styles.heading}>Resource</h3>
      <Attributes attributes={resource.attributes} dropped={resource.dropped_attributes_count} filterable bare />
      {resource.schema_url && (
        <dl>
          <Fact name="Schema">{resource.schema_url}</Fact>
        </dl>
      )}
      <h3 className={styles.heading}>Scope</h3>
      <dl>
        <Fact name="Name">{scope.name || 'not given'}</Fact>
        {scope.version && <Fact name="Version">{scope.version}</Fact>}
        {scope.schema_url && <Fact name="Schema">{scope.schema_url}</Fact>}
      </dl>
      <Attributes attributes={scope.attributes} dropped={scope.dropped_attributes_count} bare />
    </>
  );
}
