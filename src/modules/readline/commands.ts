// commands.ts: all commands of the editor, by the names that init files know them by.    GNU readline: funmap.c
import { completing } from './completion.ts';
import type { Commands } from './editor.ts';
import { history_commands } from './history_commands.ts';
import { killing } from './killing.ts';
import { moving } from './moving.ts';
import { searching } from './searching.ts';
import { vi_commands } from './vi.ts';
import { writing } from './writing.ts';

export const all_commands: Commands = {
  ...moving,
  ...writing,
  ...killing,
  ...history_commands,
  ...searching,
  ...completing,
  ...vi_commands,
};
