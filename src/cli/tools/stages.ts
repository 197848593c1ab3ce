// stages.ts: the commands that show one stage of a program.
import { renderTokens, tokenRows, tokensJson } from '../../tools/index.ts';
import { type Command, SOURCE_HELP, SOURCE_OPTIONS } from './command.ts';
import { PYTHON } from './names.ts';

export const tokens: Command = {
  summary: 'tokens with their positions',
  usage: '[-c CODE | FILE]',
  help: SOURCE_HELP,
  options: SOURCE_OPTIONS,
  run(it) {
    const program = it.program();
    const rows = tokenRows(program);
    if (it.flag('json')) it.json({ tool: 'tokens', python: PYTHON, file: program.name, tokens: tokensJson(rows) });
    else it.write(renderTokens(rows, program, it.style));
    return 0;
  },
};
