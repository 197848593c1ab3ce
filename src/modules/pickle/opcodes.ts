// opcodes.ts: the instructions of a pickle, by their byte.                          CPython: Modules/_pickle.c, Lib/pickle.py

export const MARK = 40; // (
export const STOP = 46; // .
export const POP = 48; // 0
export const POP_MARK = 49; // 1
export const FLOAT = 70; // F
export const INT = 73; // I
export const BININT = 74; // J
export const BININT1 = 75; // K
export const LONG = 76; // L
export const BININT2 = 77; // M
export const NONE = 78; // N
export const PERSID = 80; // P
export const BINPERSID = 81; // Q
export const REDUCE = 82; // R
export const UNICODE = 86; // V
export const BINUNICODE = 88; // X
export const APPEND = 97; // a
export const BUILD = 98; // b
export const GLOBAL = 99; // c
export const DICT = 100; // d
export const EMPTY_DICT = 125; // }
export const APPENDS = 101; // e
export const GET = 103; // g
export const BINGET = 104; // h
export const LONG_BINGET = 106; // j
export const LIST = 108; // l
export const EMPTY_LIST = 93; // ]
export const PUT = 112; // p
export const BINPUT = 113; // q
export const LONG_BINPUT = 114; // r
export const SETITEM = 115; // s
export const TUPLE = 116; // t
export const EMPTY_TUPLE = 41; // )
export const SETITEMS = 117; // u
export const BINFLOAT = 71; // G
// Protocol 2.
export const PROTO = 0x80;
export const NEWOBJ = 0x81;
export const EXT1 = 0x82;
export const EXT2 = 0x83;
export const EXT4 = 0x84;
export const TUPLE1 = 0x85;
export const TUPLE2 = 0x86;
export const NEWTRUE = 0x88;
export const NEWFALSE = 0x89;
export const LONG1 = 0x8a;
export const LONG4 = 0x8b;
// Protocol 3.
export const BINBYTES = 66; // B
export const SHORT_BINBYTES = 67; // C
// Protocol 4.
export const SHORT_BINUNICODE = 0x8c;
export const EMPTY_SET = 0x8f;
export const ADDITEMS = 0x90;
export const FROZENSET = 0x91;
export const NEWOBJ_EX = 0x92;
export const STACK_GLOBAL = 0x93;
export const MEMOIZE = 0x94;
export const FRAME = 0x95;
// Protocol 5.
export const BYTEARRAY8 = 0x96;
export const NEXT_BUFFER = 0x97;
export const READONLY_BUFFER = 0x98;
