/** Names the browser's tab after what is on the page, so that ten open traces can be told apart. */
import { useEffect } from 'react';

const NAME = 'spanhouse';

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} - ${NAME}`;
    return () => {
      document.title = NAME;
    };
  }, [title]);
}
