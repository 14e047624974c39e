import type { PickedFile } from '../fields/context.ts';

/** One question to the server. `data` is JSON text. */
export interface Asked {
  url: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  header: Record<string, string>;
  data: string | undefined;
  timeout: number;
}

export interface Answered {
  statusCode: number;
  data: unknown;
}

/** A place on a canvas, in pixels of the screen. */
export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point {
  width: number;
  height: number;
}

/** Writes on one canvas, dark on white. */
export interface Pen {
  /** Of the canvas, in pixels of the screen. */
  width: number;
  height: number;
  curve: (from: Point, towards: Point, to: Point) => void;
  clear: () => void;
  /** This part of the canvas as a PNG, twice as fine as the screen. */
  picture: (name: string, box: Box) => Promise<PickedFile>;
}

/** How thick a pen writes, in pixels of the screen, and in which colour. */
export const INK = { width: 3, colour: '#1f2329', paper: '#ffffff' } as const;

/** How much finer than the screen a canvas is. */
export const FINENESS = 2;

/**
 * What the app is run by: a browser, WeChat or DingTalk. Everything they do differently stands behind these calls;
 * a call that cannot be done rejects, and when the reason can be told to people, with a `HostError`.
 */
export interface Host {
  /** Resolves with whatever the server said, refusals too; rejects when nothing was answered. */
  request: (asked: Asked) => Promise<Answered>;
  /** Lets the person choose one file; null when they change their mind. */
  pickFile: (extensions: string[]) => Promise<PickedFile | null>;
  /** Sends one file with the promise that it is not secret; progress in percent. Resolves with the answer's text. */
  upload: (
    url: string,
    file: PickedFile,
    header: Record<string, string>,
    onProgress: (percent: number) => void,
  ) => Promise<{ status: number; text: string }>;
  /** Shows a file, or hands it to the phone. `name` as it was uploaded. */
  openFile: (url: string, header: Record<string, string>, name: string) => Promise<void>;
  /** An address under which a picture of the server can be drawn. */
  pictureOf: (url: string, header: Record<string, string>) => Promise<string>;
  /** A pen for the canvas with this id, which must be on screen. */
  penOn: (id: string) => Promise<Pen>;
  /** Brings the element with this id into the middle of the screen, or to its top. */
  scrollTo: (id: string, to: 'top' | 'middle') => void;
  /** The answer ends the listening. */
  watchNetwork: (hear: (connected: boolean) => void) => () => void;
}

/** Why something cannot be done here, and what to do instead; shown as it is. */
export class HostError extends Error {}

/** Pictures every host can show, by extension. */
export const PICTURES = ['jpg', 'jpeg', 'png'];

/** What stands behind the last dot, in small letters. */
export const extensionOf = (name: string): string => name.split('.').pop()?.toLowerCase() ?? '';
