/** What the built templates (wxml, axml) do with a node of the tree that `setData` hands over. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface Template {
  tag: string;
  /** Attribute → the key of the node it shows. */
  shows: Map<string, string>;
  /** What it listens to: `tap`, `input`, `blur`. */
  hears: Set<string>;
}

const TEMPLATE = /<template name="tmpl_0_(\w+)">\s*([\s\S]*?)\s*<\/template>/g;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;

/** Reads `base.wxml` or `base.axml`; the answer gives the template of a node's name, with the state `blur` of inputs. */
export function readTemplates(folder: string, suffix: string): (nodeName: string) => Template {
  const text = readFileSync(path.join(folder, `base.${suffix}`), 'utf8');
  const known = new Map<string, Template>();
  for (const [, name = '', body = ''] of text.matchAll(TEMPLATE)) known.set(name, templateOf(body));
  return (nodeName) => {
    const found = known.get(`${nodeName}_blur`) ?? known.get(nodeName);
    if (!found) throw new Error(`base.${suffix} has no template for a node called ${nodeName}`);
    return found;
  };
}

function templateOf(body: string): Template {
  const [, tag = '', attributes = ''] = /^<([\w-]+)([^>]*)/.exec(body) ?? [];
  const shows = new Map<string, string>();
  const hears = new Set<string>();
  for (const [, name = '', value = ''] of attributes.matchAll(ATTRIBUTE)) {
    if (value === 'eh') hears.add(name.replace(/^(bind|catch|on)/, '').toLowerCase());
    const key = /\bi\.(\w+)/.exec(value)?.[1];
    if (key) shows.set(name, key);
  }
  return { tag, shows, hears };
}
