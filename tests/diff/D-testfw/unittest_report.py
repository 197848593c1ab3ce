import unittest, sys, io, re
class T(unittest.TestCase):
    def setUp(self): self.v = [1, 2]
    def test_ok(self): self.assertEqual(self.v, [1, 2])
    def test_list(self): self.assertEqual([1, 2, 3], [1, 5, 3])
    def test_dict(self): self.assertEqual({"a": 1, "b": 2}, {"a": 1, "b": 3}, "my message")
    def test_str(self): self.assertEqual("line1\nline2\n", "line1\nlineX\n")
    def test_error(self): raise KeyError("boom")
    @unittest.skip("not now")
    def test_skip(self): pass
    @unittest.expectedFailure
    def test_xfail(self): self.fail("expected")
    @unittest.expectedFailure
    def test_xpass(self): pass
    def test_raises(self):
        with self.assertRaisesRegex(ValueError, "lit.*10") as cm: int("x")
        self.assertIn("x", str(cm.exception))
    def test_not_raised(self):
        with self.assertRaises(KeyError): pass
    def test_sub(self):
        for i in range(3):
            with self.subTest(i=i): self.assertNotEqual(i, 1)
    def test_misc(self): self.assertAlmostEqual(1.0, 1.1)
    def test_in(self): self.assertIn(5, [1])
    def test_isinstance(self): self.assertIsInstance("s", int)
    def tearDown(self): del self.v
    def test_set(self): self.assertEqual({1, 2}, {2, 3})
    def test_warns(self):
        with self.assertWarns(UserWarning): import warnings; warnings.warn("w")
    def test_logs(self):
        import logging
        with self.assertLogs("x", "INFO") as cm: logging.getLogger("x").info("hi")
        self.assertEqual(cm.output, ["INFO:x:hi"])
    def test_cleanup(self): self.addCleanup(print, "cleanup ran", file=sys.stdout)
out = io.StringIO(); r = unittest.TextTestRunner(out, verbosity=2).run(unittest.defaultTestLoader.loadTestsFromTestCase(T))
print(re.sub(r"in [\d.]+s", "in TIME", out.getvalue()).replace(__file__, "FILE")); print(r)
