"""Exceptions raised and caught: through frames, with finally, from lookups, chained, in groups, with contexts."""
from contextlib import contextmanager, suppress


class AppError(Exception):
    def __init__(self, code):
        super().__init__(f'code {code}')
        self.code = code


class Missing(AppError):
    pass


def deep(depth, code):
    if depth == 0:
        raise Missing(code) if code % 2 else AppError(code)
    try:
        return deep(depth - 1, code)
    finally:
        code += 1


@contextmanager
def guarded(log):
    log.append(1)
    try:
        yield log
    except ValueError:
        log.append(-1)
    finally:
        log.append(2)


class Quiet:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return kind is KeyError


def parse(text):
    try:
        return int(text)
    except ValueError:
        try:
            return float(text)
        except ValueError as error:
            raise AppError(len(text)) from error


def run(n):
    total = 0
    table = {i: i for i in range(0, 100, 3)}
    for i in range(n):
        try:
            total += table[i % 100]
        except KeyError as error:
            total += error.args[0]
        try:
            deep(5, i)
        except Missing as error:
            total += error.code
        except AppError:
            total -= 1
        with Quiet():
            total += table[-1 - i % 2]
        try:
            total += len(getattr(table, 'nothing%d' % (i % 3)))
        except AttributeError:
            total += 1
    for i in range(n // 4):
        for text in ('12', '1.5', 'abc'):
            try:
                total += parse(text)
            except AppError as error:
                total += error.code + isinstance(error.__cause__, ValueError)
        log = []
        with guarded(log):
            if i % 2:
                raise ValueError(i)
        total += sum(log)
        with suppress(ZeroDivisionError):
            total += 1 / (i % 2)
        try:
            raise ExceptionGroup('many', [ValueError(1), TypeError(2)])
        except* ValueError as group:
            total += len(group.exceptions)
        except* TypeError:
            total += 2
    return total


print(run(150_000))
