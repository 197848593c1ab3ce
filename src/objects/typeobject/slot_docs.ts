// slot_docs.ts: what __doc__ of a slot's wrapper says.                           CPython: Objects/typeobject.c (slotdefs)
//
// Operators say what they compute, in one pattern each for the plain, the reflected and the in-place form; the other
// special methods have a line of their own.

const OPERATORS: Readonly<Record<string, string>> = {
  add: '+',
  sub: '-',
  mul: '*',
  mod: '%',
  lshift: '<<',
  rshift: '>>',
  and: '&',
  xor: '^',
  or: '|',
  floordiv: '//',
  truediv: '/',
  matmul: '@',
};

const COMPARISONS: Readonly<Record<string, string>> = { lt: '<', le: '<=', eq: '==', ne: '!=', gt: '>', ge: '>=' };

const OTHERS: Readonly<Record<string, string>> = {
  abs: 'abs(self)',
  aiter: 'Return an awaitable, that resolves in asynchronous iterator.',
  anext: 'Return a value or raise StopAsyncIteration.',
  await: 'Return an iterator to be used in await expression.',
  bool: 'True if self else False',
  buffer: 'Return a buffer object that exposes the underlying memory of the object.',
  call: 'Call self as a function.',
  contains: 'Return bool(key in self).',
  del: 'Called when the instance is about to be destroyed.',
  delattr: 'Implement delattr(self, name).',
  delete: 'Delete an attribute of instance.',
  delitem: 'Delete self[key].',
  divmod: 'Return divmod(self, value).',
  float: 'float(self)',
  get: 'Return an attribute of instance, which is of type owner.',
  getattribute: 'Return getattr(self, name).',
  getitem: 'Return self[key].',
  hash: 'Return hash(self).',
  index: 'Return self converted to an integer, if self is suitable for use as an index into a list.',
  init: 'Initialize self.  See help(type(self)) for accurate signature.',
  int: 'int(self)',
  invert: '~self',
  ipow: 'Return self**=value.',
  iter: 'Implement iter(self).',
  len: 'Return len(self).',
  neg: '-self',
  next: 'Implement next(self).',
  pos: '+self',
  pow: 'Return pow(self, value, mod).',
  rdivmod: 'Return divmod(value, self).',
  release_buffer: 'Release the buffer object that exposes the underlying memory of the object.',
  repr: 'Return repr(self).',
  rpow: 'Return pow(value, self, mod).',
  set: 'Set an attribute of instance to value.',
  setattr: 'Implement setattr(self, name, value).',
  setitem: 'Set self[key] to value.',
  str: 'Return str(self).',
};

/** The text for a special method as a slot has it; null where there is none. */
export function slot_doc(special: string, slot: string): string | null {
  const name = special.slice(2, -2);
  const other = OTHERS[name] ?? null;
  if (other !== null) return other;
  const plain = OPERATORS[name] ?? COMPARISONS[name];
  if (plain !== undefined) return `Return self${plain}value.`;
  const operator = OPERATORS[name.slice(1)];
  if (operator === undefined) return null;
  if (name[0] === 'r') return `Return value${operator}self.`;
  // Sequences change in place; numbers may give another object.
  return `${slot.startsWith('sq_') ? 'Implement' : 'Return'} self${operator}=value.`;
}
