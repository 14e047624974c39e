import { useCallback, useEffect, useState } from 'react';

/** Printing takes two steps: everything is unfolded first, then the browser is asked. */
export function usePrint(): { printing: boolean; print: () => void } {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    if (!printing) return;
    const end = () => setPrinting(false);
    window.addEventListener('afterprint', end);
    window.print();
    return () => window.removeEventListener('afterprint', end);
  }, [printing]);
  return { printing, print: useCallback(() => setPrinting(true), []) };
}
