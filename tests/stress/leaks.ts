// leaks.ts: runs the classes of one test module in rounds and prints how much each round adds to the sum of all counts.
//
//     leaks.mjs DIST LIBRARY CONFORMANCE MODULE       (made and started by scripts/leaks.mjs)
//
// What the modules import is prepared as for the conformance runs (CONFORMANCE: the folder of driver.py and block.txt).
import { readFileSync } from 'node:fs';
import { gc_collect_generation } from '../../src/core/gc.ts';
import { IMMORTAL_REFCNT, is_immortal, refTotal } from '../../src/core/object.ts';
import { live_objects } from '../../src/vm/memory/graph.ts';
import { error_text, run_once, start_python } from './count_hunter.ts';

const WARM_UP = 4;
const ROUNDS = 3;

/** Finds the classes once; keeps them with what runs one of them in a module of their own. */
const FIND = `
import copyreg, importlib.util, io, sys, types, unittest
spec = importlib.util.spec_from_file_location('driver', DRIVER)
driver = importlib.util.module_from_spec(spec)
spec.loader.exec_module(driver)
for name in BLOCKED: sys.modules[name] = None
driver.configure('')
driver.preload('MODULE')
for ext, names in driver.matching(driver.STAND_IN, 'MODULE'): driver.fill_in(ext, names)
here = sys.modules['leak_hunt'] = types.ModuleType('leak_hunt')
here.module = importlib.import_module('test.MODULE')
here.classes = sorted({type(t) for s in unittest.defaultTestLoader.loadTestsFromModule(here.module) for t in s if isinstance(t, unittest.TestCase)}, key=lambda c: c.__qualname__)
print('found', *[c.__qualname__ for c in here.classes])
def run(i):
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(here.classes[i])
    runner = unittest.TextTestRunner(stream=io.StringIO(), verbosity=0)
    result = runner.run(suite)
    sys.stdout.flush()
here.run = run
here.dispatch_table = copyreg.dispatch_table.copy()
here.importers = sys.path_importer_cache.copy()
here.count = len(here.classes)
`;

/** One round, and what tests leave behind by design: registered picklers, finders of folders that are gone, caches. */
const RUN = `
import copyreg, leak_hunt, re, warnings, linecache, sys
leak_hunt.run(INDEX)
copyreg.dispatch_table.clear()
copyreg.dispatch_table.update(leak_hunt.dispatch_table)
sys.path_importer_cache.clear()
sys.path_importer_cache.update(leak_hunt.importers)
re.purge()
linecache.clearcache()
if 'typing' in sys.modules:
    for clear in sys.modules['typing']._cleanups: clear()
if 'inspect' in sys.modules: sys.modules['inspect']._shadowed_dict_from_weakref_mro_tuple.cache_clear()
if '_strptime' in sys.modules: sys.modules['_strptime']._regex_cache.clear()
if 'struct' in sys.modules: sys.modules['struct']._clearcache()
warnings.resetwarnings()
warnings.simplefilter('ignore')
sys._clear_internal_caches()
`;

/** What the counts of immortal objects have drifted by: CPython does not count those. */
function drift(): number {
  let sum = 0;
  for (const o of live_objects()) if (is_immortal(o)) sum += o.ob_refcnt - IMMORTAL_REFCNT;
  return sum;
}

function round(source: string): number {
  run_once(source);
  while (gc_collect_generation(2, false) > 0);
  return refTotal.count - drift();
}

const [dist, library, conformance, module] = process.argv.slice(2) as [string, string, string, string];
const blocked = readFileSync(`${conformance}/block.txt`, 'utf8').trim().split(',');
const find = FIND.replaceAll('MODULE', module)
  .replace('DRIVER', JSON.stringify(`${conformance}/driver.py`))
  .replace('BLOCKED', JSON.stringify(blocked));
start_python(dist, library);
const write = process.stdout.write.bind(process.stdout);
try {
  run_once(find);
} catch (e) {
  write(`failed ${module} ${error_text(e).split('\n').pop()}\n`);
  process.exit(1);
}
for (let i = 0; ; i++) {
  const source = RUN.replace('INDEX', String(i));
  const growth: number[] = [];
  try {
    run_once(`import leak_hunt\nassert leak_hunt.count > ${i}`);
  } catch {
    break;
  }
  try {
    let last = 0;
    for (let n = 0; n < WARM_UP; n++) last = round(source);
    for (let n = 0; n < ROUNDS; n++) {
      const now = round(source);
      growth.push(now - last);
      last = now;
    }
  } catch (e) {
    write(`failed ${module} #${i} ${error_text(e).split('\n').pop()}\n`);
    continue;
  }
  // A leak grows in each round: sums that go up and down are caches.
  const leaks = growth.every(n => n > 0);
  write(`${leaks ? 'leak' : 'ok'} ${module} #${i} ${growth.join(' ')}\n`);
}
process.exit(0);
