// per_interpreter.ts: state of modules that every interpreter has for itself.                       CPython: struct _is, module state
//
// It stands where its module keeps it, in one object that stays the same: nobody who uses it asks which interpreter runs. When
// the scheduler goes on with a thread of another interpreter, the contents are put aside and the other's put in their place.
// Invariant: the contents are those of `current.tstate.interp`.

/** A registered state: an object with fields, or a list. */
interface Entry<T extends object = object> {
  readonly live: T;
  readonly make: () => T;
  readonly options: Options<T>;
}

interface Options<T> {
  /** Releases what the contents own: the interpreter ends (and is the current one). */
  clear?: (state: T) => void;
  /** Told of contents that are put aside, and taken up again. */
  put_aside?: (contents: T) => void;
  taken_up?: (contents: T) => void;
  /** Told when another interpreter's contents are in place. */
  entered?: (state: T) => void;
  /** Told of contents put aside that nobody will take up: their interpreter is no more. */
  abandoned?: (contents: T) => void;
}

/** What interpreters that are not running have, in the order of registration. */
export type SavedState = object[];

const entries: Entry[] = [];

/** Declares state that each interpreter has for itself, as `make` makes it. */
export function per_interpreter<T extends object>(make: () => T, options: Options<T> = {}): T {
  const live = make();
  entries.push({ live, make, options } as unknown as Entry);
  return live;
}

function copy(state: object): object {
  return Array.isArray(state) ? state.slice() : { ...state };
}

function put(live: object, contents: object): void {
  if (Array.isArray(live)) live.splice(0, live.length, ...(contents as unknown[]));
  else Object.assign(live, contents);
}

/** The contents, put aside. */
export function save_state(): SavedState {
  return entries.map(({ live, options }) => {
    const contents = copy(live);
    options.put_aside?.(contents);
    return contents;
  });
}

/** Puts another interpreter's contents in place; null: it has none yet. */
export function load_state(saved: SavedState | null): void {
  entries.forEach(({ live, make, options }, i) => {
    const contents = saved?.[i];
    put(live, contents ?? make());
    if (contents !== undefined) options.taken_up?.(contents);
  });
  for (const { live, options } of entries) options.entered?.(live);
}

/** Gives up an ended interpreter's contents. */
export function abandon_state(saved: SavedState): void {
  entries.forEach(({ options }, i) => {
    options.abandoned?.(saved[i]!);
  });
}

/** Releases the running interpreter's contents. */
export function clear_state(): void {
  for (const { live, options } of entries) options.clear?.(live);
}
