// live_code.ts: the code object of a program that runs here, and its bytecode as the specialising interpreter left it.
import * as path from 'node:path';
import type { PyObject } from '../../core/object.ts';
import { AnyCode, PassOn } from '../../tools/index.ts';
import type { CodePayload, ToolPort } from '../../vm/tool_port.ts';
import type { Invocation } from './command.ts';

/** Catches the program's own code object when it begins to run, and watches no longer. */
class FirstCode extends PassOn {
  found: PyObject | null = null;
  private readonly port: ToolPort;
  private readonly file: string;
  constructor(port: ToolPort, file: string) {
    super();
    this.port = port;
    this.file = file;
  }
  override instruction(...args: Parameters<PassOn['instruction']>): number {
    const [, frame] = args;
    const to = super.instruction(...args);
    if (this.port.text((frame.co as CodePayload).co_filename) === this.file) {
      this.found = frame.f_code;
      this.port.set_tool_observer(null);
    }
    return to;
  }
}

/** Arguments of an interpreter that runs the program at the tool's level of optimisation. */
export function programArguments(it: Invocation, text: string | undefined, file: string): string[] {
  const level = ['', '-O', '-OO'][it.level()]!;
  const program = text === undefined ? [file, ...it.positionals.slice(1)] : ['-c', text, ...it.positionals];
  return level === '' ? program : [level, ...program];
}

/** Runs the program FILE or -c TEXT, and gives its code object to `then` when it has ended; null if it never began. */
export function runProgram(
  it: Invocation,
  text: string | undefined,
  file: string,
  then: (port: ToolPort, code: PyObject | null) => void,
): void {
  let first: FirstCode;
  let port: ToolPort;
  it.place.launch(programArguments(it, text, file), {
    begin(given) {
      port = given;
      // Python names a program by its absolute path.
      first = new FirstCode(port, text === undefined ? path.resolve(file) : '<string>');
      port.set_tool_observer(first);
    },
    end() {
      then(port, first.found);
      it.finish();
    },
  });
}

/** Puts the specialised bytecode of a code object, and of those in it, into what was compiled from the same source. */
export function takeAdaptive(code: AnyCode, port: ToolPort, live: PyObject): void {
  code.code = port.adaptive_code(live);
  const { consts } = live.v as CodePayload;
  code.consts.forEach((value, i) => {
    const inner = consts[i];
    if (value instanceof AnyCode && inner !== undefined && inner.ob_type === live.ob_type)
      takeAdaptive(value, port, inner);
  });
}
