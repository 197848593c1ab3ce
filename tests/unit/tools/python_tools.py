"""pyvarium.tools, used as a program would use it; run by python.test.ts."""
import dis
import io
import json
import os
import pathlib
import pstats
import tempfile
import threading
import unittest

from pyvarium import tools


def mean(values):
    total = 0
    for v in values:
        if v is None or v < 0:
            continue
        total += v * 2
    return total / len(values)


class Shop:
    def price(self, n):
        return n * 3


SOURCE = pathlib.Path(__file__).read_text()


class Stages(unittest.TestCase):
    def test_tokens(self):
        self.assertEqual([(t.type, t.string) for t in tools.tokens('a+1')][:3],
                         [('NAME', 'a'), ('OP', '+'), ('NUMBER', '1')])

    def test_tree(self):
        value = tools.tree('a+1', mode='eval').body
        self.assertEqual((value._type, value.left.id, value.op), ('BinOp', 'a', 'Add'))

    def test_scopes(self):
        function = [s for s in tools.scopes('def f(x): return len(x)').children if s.type == 'function'][0]
        self.assertEqual({n.name: n.scope for n in function.names}, {'x': 'local', 'len': 'global (implicit)'})

    def test_passes(self):
        [unit] = tools.passes(mean)
        self.assertEqual(unit.name, 'mean')
        self.assertIn('superinstructions', [p.name for p in unit.passes])

    def test_dis_agrees_with_dis(self):
        for target in mean, Shop.price, Shop().price, mean.__code__:
            ours = [(i.offset, i.opname, i.arg, i.argrepr) for i in tools.dis(target).instructions]
            theirs = [(i.offset, i.opname, i.arg, i.argrepr) for i in dis.get_instructions(target)]
            self.assertEqual(ours, theirs)

    def test_dis_adaptive(self):
        for _ in range(100):
            mean([1, 2])
        ours = [i.opname for i in tools.dis(mean, adaptive=True).instructions]
        self.assertEqual(ours, [i.opname for i in dis.get_instructions(mean, adaptive=True)])
        self.assertIn('FOR_ITER_LIST', ours)

    def test_targets(self):
        self.assertEqual(tools.code(pathlib.Path(__file__), function='mean').co_varnames, ['values', 'total', 'v'])
        self.assertEqual(tools.code(SOURCE, 'x.py', function='Shop.price').co_qualname, 'Shop.price')
        self.assertEqual(tools.code(Shop).co_qualname, 'Shop')
        self.assertEqual(tools.code((x for x in ())).co_name, '<genexpr>')
        with self.assertRaises(TypeError):
            tools.code(3)

    def test_text_is_the_command_lines(self):
        buffer = io.StringIO()
        dis.dis(mean, file=buffer)
        self.assertEqual(tools.text('dis', mean, plain=True), buffer.getvalue())
        self.assertIn('└─', tools.text('ast', 'a+1'))

    def test_errors(self):
        with self.assertRaises(SyntaxError) as caught:
            tools.tokens('a b (', 'x.py')
        self.assertEqual((caught.exception.filename, caught.exception.msg), ('x.py', "'(' was never closed"))
        with self.assertRaisesRegex(tools.ToolError, "no function 'g'"):
            tools.dis('x', function='g')

    def test_records_are_json(self):
        self.assertEqual(json.loads(tools.dis('x').json())['name'], '<module>')


class Stacks(unittest.TestCase):
    def test_symbolic(self):
        [report] = tools.stack('a + b * 2')
        step = [i for i in report.instructions if i.argrepr == '+'][0]
        self.assertEqual((step.before, step.after), (['a', 'b * 2'], ['a + b * 2']))

    def test_of_a_run(self):
        run = tools.run_stack(mean, [3, -1])
        self.assertEqual(run.result, 3.0)
        self.assertEqual(len(run.steps), 39)
        self.assertEqual(run.steps[-1].stack, ['3.0'])
        self.assertEqual(run.steps[-1].locals['total'], '6')
        self.assertIn('returns 3.0', str(run))

    def test_of_a_run_that_fails(self):
        with self.assertRaises(ZeroDivisionError):
            tools.run_stack(mean, [])
        self.assertEqual(tools.run_stack(mean, [1], steps=2).more, len(tools.run_stack(mean, [1]).steps) - 2)


class Analysis(unittest.TestCase):
    def test_function(self):
        [report] = tools.analyze(mean)
        self.assertEqual((report.name, report.complexity, report.loops), ('mean', 4, 1))

    def test_specialised_sites(self):
        def add(a, b):
            return a + b
        for _ in range(100):
            add(1.5, 2.5)
        [site] = [s for s in tools.analyze(add)[0].sites if s.opcode == 'BINARY_OP']
        self.assertEqual(site.became, 'BINARY_OP_ADD_FLOAT')

    def test_findings(self):
        [finding] = tools.analyze('def f(x):\n    return x is 3\n')[1].findings
        self.assertEqual((finding.kind, finding.line), ('is-literal', 2))

    def test_files(self):
        found = tools.analyze_files(os.path.dirname(__file__))
        self.assertEqual(found.totals.files, len(list(pathlib.Path(__file__).parent.rglob('*.py'))))
        self.assertIn('mean', [f.name for f in found.functions])

    def test_compare(self):
        def loop(xs):
            out = []
            for x in xs:
                out.append(x)
            return out
        [table] = tools.compare(lambda xs: [x for x in xs], loop)
        self.assertIn('rows', table)
        self.assertIn('<html', tools.compare(loop, mean, html=True))

    def test_page(self):
        self.assertIn('total += v * 2', tools.page(mean))


class Profiles(unittest.TestCase):
    def counts(self, profile):
        return {f.name: (f.calls, f.instructions) for f in profile.functions}

    def test_counts_are_exact(self):
        profiles = []
        for _ in range(2):
            with tools.Profiler() as p:
                for n in range(10):
                    mean([n] * 5)
            profiles.append(p.profile)
        first, second = map(self.counts, profiles)
        self.assertEqual(first['mean'][0], 10)
        self.assertEqual(first['len'][0], 10)
        self.assertEqual(first, second)
        self.assertIn('the same', profiles[1].compare(profiles[0]))

    def test_lines_and_memory(self):
        with tools.Profiler(lines=True, memory=True) as p:
            kept = [[n] for n in range(100)]
        hits = [line for line in p.profile.lines if line.file == __file__ and line.hits]
        self.assertTrue(hits)
        lists = [t for t in p.profile.memory.types if t.type == 'list']
        self.assertEqual(lists[0].count, len(kept) + 1)

    def test_exports(self):
        p = tools.Profiler('exported', events=True)
        self.assertEqual(p.run(mean, [2]), 4.0)
        profile = p.profile
        self.assertIn('profile of exported', str(profile))
        self.assertIn('speedscope', json.loads(profile.speedscope())['$schema'])
        self.assertIn('traceEvents', json.loads(profile.trace()))
        self.assertIn('<html', profile.html())
        calls = {key[2]: value[1] for key, value in profile.stats().stats.items()}
        self.assertEqual(calls['mean'], 1)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'p.json')
            pathlib.Path(path).write_text(profile.json())
            self.assertEqual(tools.Profile.load(path).instructions, profile.instructions)
            path = os.path.join(folder, 'p.stats')
            pathlib.Path(path).write_bytes(profile.pstats())
            self.assertGreater(pstats.Stats(path, stream=io.StringIO()).total_calls, 0)

    def test_sampling(self):
        with tools.Profiler(sample=1) as p:
            for _ in range(3000):
                mean(range(20))
        own = max(p.profile.functions, key=lambda f: f.own)
        self.assertEqual(own.name, 'mean')

    def test_threads(self):
        with tools.Profiler() as p:
            thread = threading.Thread(target=mean, args=([1],))
            thread.start()
            thread.join()
        self.assertEqual(len(p.profile.threads), 2)

    def test_one_at_a_time(self):
        with tools.Profiler():
            with self.assertRaisesRegex(tools.ToolError, 'running already'):
                tools.Profiler().start()
        with self.assertRaisesRegex(tools.ToolError, 'no profiler'):
            tools.Profiler().stop()

    def test_tracing_goes_on(self):
        import sys
        seen = []
        before = sys.gettrace()
        sys.settrace(lambda frame, event, arg: seen.append(frame.f_code.co_name))
        try:
            with tools.Profiler():
                mean([1])
        finally:
            sys.settrace(before)
        self.assertIn('mean', seen)


if __name__ == '__main__':
    unittest.main()
