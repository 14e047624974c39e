/**
 * The sheets that are open, each lying on the one before. Esc and the way back (the browser's button, the phone's
 * gesture) close the topmost and nothing else. For the way back a stop is laid over the page's own history entry when
 * its first sheet opens; it stays when the sheets are gone and is skipped then. Browsers only.
 */
interface OpenSheet {
  id: string;
  close: () => void;
}

interface Standing {
  /**
   * The page's entry and the stop over it carry the same mark. The router's own number cannot serve: it is missing from
   * an entry made by an address, and not a number from there on.
   */
  laidAt?: number;
  stop?: true;
}

const sheets: OpenSheet[] = [];
let stop: Standing | null = null;
let left: (() => void) | null = null;

/** Must be called before the router starts: who listens first hears first, and to the router closing a sheet is no way back. */
export function watchSheets(): void {
  // A page reloaded on a stop still stands on it.
  const state = window.history.state as Standing | null;
  stop = state?.stop ? state : null;
  window.addEventListener('popstate', onPop);
  window.addEventListener('keydown', onKey);
}

/** Lays a sheet on top; the answer takes it away again. */
export function layOnTop(sheet: OpenSheet): () => void {
  sheets.push(sheet);
  if (!stop) layStop();
  return () => {
    sheets.splice(sheets.indexOf(sheet), 1);
  };
}

/** To be waited for before going to another page, so that no stop is left behind on the way back. */
export function leaveStop(): Promise<void> {
  if (!stop) return Promise.resolve();
  return new Promise((resolve) => {
    left = resolve;
    window.history.back();
  });
}

function layStop(): void {
  const page: Standing = { ...(window.history.state as Standing | null), laidAt: Date.now() };
  window.history.replaceState(page, '');
  stop = { ...page, stop: true };
  window.history.pushState(stop, '');
}

function onPop(event: PopStateEvent): void {
  const from = stop;
  const to = event.state as Standing | null;
  stop = to?.stop ? to : null;
  if (stop || !from || from.laidAt !== to?.laidAt) return;
  event.stopImmediatePropagation();
  if (left) {
    left();
    left = null;
    return;
  }
  const top = sheets[sheets.length - 1];
  if (!top) {
    window.history.back();
    return;
  }
  if (sheets.length > 1) layStop();
  top.close();
}

function onKey(event: KeyboardEvent): void {
  const top = sheets[sheets.length - 1];
  if (!top) return;
  if (event.key === 'Escape') top.close();
  if (event.key === 'Tab') keepInside(document.getElementById(top.id), event);
}

const REACHABLE = '[tabindex="0"], input, textarea, a[href]';

/** Tab goes round within the sheet: what lies behind it is out of reach. */
function keepInside(sheet: HTMLElement | null, event: KeyboardEvent): void {
  const stations = [...(sheet?.querySelectorAll<HTMLElement>(REACHABLE) ?? [])];
  const [first, last] = [stations[0], stations[stations.length - 1]];
  if (!sheet || !first || !last) return;
  const here = document.activeElement;
  const outside = !sheet.contains(here) || here === sheet;
  if (event.shiftKey ? outside || here === first : here === last || !sheet.contains(here)) {
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }
}
