// errcode.ts: why the tokenizer stopped (`Tokenizer.done`).       CPython: Include/errcode.h (same numbers)

export const E_OK = 10;
/** End of input: regular, or inside brackets or after a backslash when the parser sees an error of it. */
export const E_EOF = 11;
/** A SyntaxError has been thrown already. */
export const E_ERROR = 17;
/** Tabs and spaces mixed so that the indentation depends on the width of a tab. */
export const E_TABSPACE = 18;
/** More than 100 levels of indentation. */
export const E_TOODEEP = 20;
/** A dedent to a column that no enclosing block has. */
export const E_DEDENT = 21;
/** End of input in a triple-quoted string. */
export const E_EOFS = 23;
/** End of input in a single-quoted string. */
export const E_EOLS = 24;
/** Something after a backslash that continues the line. */
export const E_LINECONT = 25;
