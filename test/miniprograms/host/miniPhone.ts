/** A person at a mini-program: finds things by the words on the screen, taps and types as a finger does. */
import { BareHost, type MiniProgram, type OpenPage } from './bareHost.ts';
import { readTemplates, type Template } from './templates.ts';
import { below, hasClass, wordsOf, type TreeNode } from './tree.ts';

const PATIENCE_MS = 20_000;

type Words = string | RegExp;
const fits = (text: string, words: Words) => (typeof words === 'string' ? text.trim() === words : words.test(text));

interface Found {
  node: TreeNode;
  above: TreeNode[];
}

export class MiniPhone {
  readonly host: BareHost;
  readonly #templateOf: (nodeName: string) => Template;

  constructor(target: MiniProgram, folder: string, allowed: string, server: string) {
    this.host = new BareHost(target, folder, allowed, server);
    this.#templateOf = readTemplates(folder, target === 'weapp' ? 'wxml' : 'axml');
    this.host.launch();
  }

  /** Everything to be read on the topmost sheet, or on the page where none is open. */
  get screen(): string {
    return wordsOf(this.#top().node);
  }

  /** Waits until the words can be read. */
  async sees(words: Words): Promise<void> {
    const shown = (text: string) => (typeof words === 'string' ? text.includes(words) : words.test(text));
    await this.#until(() => shown(this.screen) || undefined, `the words ${String(words)}`);
  }

  /** Taps what carries these words (all of its words, or a pattern in them), once it is there. */
  async tap(words: Words, within?: string): Promise<void> {
    const { node, above } = await this.#until(
      () => this.#findTappable(words, within),
      `something to tap called ${String(words)}`,
    );
    this.#send('tap', node, above, {});
    await this.host.rested();
  }

  /** Types into the input of the question with this title, or with this placeholder, and leaves it. */
  async type(question: Words, text: string): Promise<void> {
    const find = () => this.#findInput(question);
    const { node, above } = await this.#until(find, `an input for ${String(question)}`);
    this.#send('focus', node, above, { value: '' });
    this.#send('input', node, above, { value: text, cursor: text.length });
    await this.host.rested();
    // What can be typed a date into closes with the last letter.
    const still = find();
    if (still) this.#send('blur', still.node, still.above, { value: text });
    await this.host.rested();
  }

  /** What the input of this question shows. */
  shown(question: Words): string {
    const found = this.#findInput(question);
    if (!found) throw new Error(`no input for ${String(question)} in: ${this.screen}`);
    return this.#attribute(found.node, 'value');
  }

  close(): void {
    this.host.close();
  }

  #top(): Found {
    const page: OpenPage = this.host.front;
    const all = [...below(page.data.root ?? {})].map(([node, above]) => ({ node, above }));
    return all.filter(({ node }) => hasClass(node, 'sheet')).pop() ?? { node: page.data.root ?? {}, above: [] };
  }

  /** In reading order, nothing of what lies behind the topmost sheet. */
  #nodes(): Found[] {
    const top = this.#top();
    return [...below(top.node)].map(([node, above]) => ({ node, above: [...above, ...top.above] }));
  }

  #template(node: TreeNode): Template {
    return this.#templateOf(node.nn ?? '');
  }

  #attribute(node: TreeNode, name: string): string {
    const value = node[this.#template(node).shows.get(name) ?? ''];
    return typeof value === 'string' ? value : '';
  }

  #hears(node: TreeNode, event: string): boolean {
    return node.nn !== undefined && this.#template(node).hears.has(event);
  }

  /** The innermost such thing; where it is said several times, the last: sheets and bars come last. */
  #findTappable(words: Words, within?: string): Found | undefined {
    const all = this.#nodes().filter(
      ({ above }) => within === undefined || above.some((one) => isQuestion(one, within)),
    );
    const named = all.filter(({ node }) => this.#hears(node, 'tap') && fits(wordsOf(node), words));
    return named.filter(({ node }) => !named.some((other) => other.above.includes(node))).pop();
  }

  #findInput(question: Words): Found | undefined {
    return this.#nodes().find(({ node, above }) => {
      if (node.nn === undefined || !['input', 'textarea'].includes(this.#template(node).tag)) return false;
      const placeholder = this.#attribute(node, 'placeholder');
      const asked = above.find((one) => hasClass(one, 'fx-item'));
      return fits(placeholder, question) || (asked !== undefined && isQuestion(asked, question));
    });
  }

  /** Hosts bubble a tap themselves, from what was hit up to the page; what is typed stays with its input. */
  #send(type: string, node: TreeNode, above: TreeNode[], detail: object): void {
    const station = ({ uid, sid }: TreeNode) => ({ id: uid ?? sid, dataset: { sid } });
    const way = type === 'tap' ? [node, ...above] : [node];
    for (const at of way.filter((one) => this.#hears(one, type))) {
      this.host.front.eh({ type, detail, timeStamp: 0, target: station(node), currentTarget: station(at) });
    }
  }

  #until<T>(look: () => T | undefined, wanted: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const now = look();
      if (now !== undefined) return resolve(now);
      const stop = this.host.watch(() => {
        const found = look();
        if (found === undefined) return;
        clearTimeout(patience);
        stop();
        resolve(found);
      });
      const patience = setTimeout(() => {
        stop();
        reject(
          new Error(
            `${wanted} did not come on ${this.host.front.route}; on the screen: ${this.screen}\n${this.host.errors.join('\n')}`,
          ),
        );
      }, PATIENCE_MS);
    });
  }
}

/** Whether this is the frame of the question with this title. */
function isQuestion(node: TreeNode, title: Words): boolean {
  if (!hasClass(node, 'fx-item')) return false;
  const head = [...below(node)].map(([one]) => one).find((one) => hasClass(one, 'fx-item__title'));
  return head !== undefined && fits(wordsOf(head).replace(/ \*$/, ''), title);
}
