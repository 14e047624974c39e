interface Entry {
  state: unknown;
  url: string;
}

/**
 * Frames of one window share one history: going back in one phone of the desk would go back in the phone beside it.
 * A framed app therefore keeps its own, under the same names, and adds nothing to the shared one. Call it before the
 * router starts.
 */
export function keepOwnHistory(): void {
  if (window.parent === window) return;
  const { history, location } = window;
  const show = history.replaceState.bind(history);
  const entries: Entry[] = [{ state: history.state, url: location.href }];
  let at = 0;

  history.pushState = (state: unknown, _title, url) => {
    show(state, '', url);
    at += 1;
    entries.splice(at, Infinity, { state, url: location.href });
  };
  history.replaceState = (state: unknown, _title, url) => {
    show(state, '', url);
    entries[at] = { state, url: location.href };
  };
  history.go = (delta = 0) => {
    setTimeout(() => {
      const entry = entries[at + delta];
      if (!entry) return;
      at += delta;
      show(entry.state, '', entry.url);
      window.dispatchEvent(new PopStateEvent('popstate', { state: entry.state }));
    });
  };
  history.back = () => history.go(-1);
  history.forward = () => history.go(1);
  // The desk opens a case by changing the frame's address; the way back from there must be known too.
  window.addEventListener('hashchange', () => {
    if (entries[at]?.url === location.href) return;
    at += 1;
    entries.splice(at, Infinity, { state: history.state as unknown, url: location.href });
  });
}
