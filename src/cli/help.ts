// help.ts: what the command line answers by itself.

export const USAGE_TAIL = '[option] ... [-c cmd | -m mod | file | -] [arg] ...\n';

export function usage_text(executable: string): string {
  return `usage: ${executable} ${USAGE_TAIL}`;
}

export const OPTIONS_HELP = `Options, with the environment variables that do the same:
-b     : warn when bytes meet str or int in a conversion or comparison (-bb: error)
-B     : write no .pyc files (PYTHONDONTWRITEBYTECODE=x)
-c cmd : run this program text; ends the options
-d     : parser debugging, without effect here (PYTHONDEBUG=x)
-E     : do not look at PYTHON* variables
-h     : this text (also -? and --help)
-i     : go on with a prompt when the program has ended (PYTHONINSPECT=x)
-I     : keep the user's surroundings out: -E, -P and -s in one
-m mod : run a module of the library as a program; ends the options
-O     : leave out assert and what depends on __debug__ (PYTHONOPTIMIZE=x)
-OO    : as -O, and leave out docstrings
-P     : put no folder of the program's in front of sys.path (PYTHONSAFEPATH)
-q     : no greeting at the prompt
-s     : leave the user's site folder out of sys.path (PYTHONNOUSERSITE=x)
-S     : do not import site
-u     : no buffers for stdout and stderr (PYTHONUNBUFFERED=x)
-v     : tell of every import (PYTHONVERBOSE=x)
-V     : print the version (also --version; twice: more of it)
-W arg : a filter of warnings, action:message:category:module:lineno (PYTHONWARNINGS=arg)
-x     : skip the program's first line
-X opt : an option of this implementation
--check-hash-based-pycs always|default|never: when to compare .pyc files with their source
--help-env      : the environment variables
--help-xoptions : the -X options
--help-all      : all of it

file   : run this file, folder or zip file
-      : run what comes from standard input (the default; a prompt on a terminal)
arg ...: the program's own arguments, sys.argv[1:]

Besides: pyvarium compile PATH... --out DIR [-O LEVEL]
         compiles files and folders to .pyc files without running anything
         pyvarium TOOL [option] ... [FILE]
         looks into a program; \`pyvarium tools' lists the tools
`;

export const ENVIRONMENT_HELP = `Environment variables:
PYTHONBREAKPOINT    : what breakpoint() calls; 0 for nothing
PYTHON_COLORS       : 1 or 0: colours in output, or none
PYTHONHASHSEED      : seed of string hashes: a number, or 'random'
PYTHON_HISTORY      : file of the prompt's history
PYTHONHOME          : another standard library: a prefix with lib/python3.14, or a Lib folder
PYTHONINTMAXSTRDIGITS: most digits in conversions between int and str; 0 for no limit
PYTHONIOENCODING    : encoding[:errors] of the standard streams
PYTHONPATH          : folders to search for modules first, separated by ':'
PYTHONPYCACHEPREFIX : where .pyc files go
PYTHONSTARTUP       : a file to run before the first prompt
PYTHONUSERBASE      : the user's base folder
PYTHONUTF8          : 1: UTF-8 mode

These variables have equivalent options:
PYTHON_CPU_COUNT    : -X cpu_count
PYTHONDEBUG         : -d
PYTHONDEVMODE       : -X dev
PYTHONDONTWRITEBYTECODE: -B
PYTHONFAULTHANDLER  : -X faulthandler
PYTHON_FROZEN_MODULES: -X frozen_modules
PYTHONINSPECT       : -i
PYTHONNODEBUGRANGES : -X no_debug_ranges
PYTHONNOUSERSITE    : -s
PYTHONOPTIMIZE      : -O
PYTHONPROFILEIMPORTTIME: -X importtime
PYTHONSAFEPATH      : -P
PYTHONTRACEMALLOC   : -X tracemalloc
PYTHONUNBUFFERED    : -u
PYTHONVERBOSE       : -v
PYTHONWARNDEFAULTENCODING: -X warn_default_encoding
PYTHONWARNINGS      : -W
`;

export const XOPTIONS_HELP = `Options of this implementation:
-X cpu_count=N        : what os.cpu_count() tells
-X dev                : development mode: more warnings
-X faulthandler       : as PYTHONFAULTHANDLER
-X frozen_modules=on|off: take the modules of start-up from the build, or from files
-X memory-limit=SIZE  : MemoryError when objects take more than SIZE bytes (or K, M, G); 0: no limit;
                        also PYVARIUM_MEMORY_LIMIT; by default three quarters of the machine's memory
-X gc-stress[=N]      : a young collection after every N allocations (1), for the hunt of errors
-X gil-explore=K      : run the program under K schedules of its threads and show results that differ
-X gil-log=FILE       : write down who held the GIL when, and why it was given up ('-': standard error)
-X gil-seed=N         : schedule threads by a generator with that seed: switches can be repeated
-X importtime[=2]     : show how long each import takes (2: also those that are there already)
-X int_max_str_digits=N: as PYTHONINTMAXSTRDIGITS
-X no_debug_ranges    : no columns in code objects and tracebacks
-X pycache_prefix=DIR : as PYTHONPYCACHEPREFIX
-X re=own|v8          : regular expressions by the engine only, or by V8's at once where it finds the same;
                        else by V8's once a pattern has worked on some 20,000 characters
-X tracemalloc[=N]    : trace memory from the start, N frames for each block
-X utf8[=0|1]         : UTF-8 mode
-X warn_default_encoding: warn where an encoding is left to the default
Others are kept in sys._xoptions.
`;
