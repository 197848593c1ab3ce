from docutils.core import publish_doctree
src = """
Title
=====

A *para* with ``code``, a link_ and a |sub|.

.. _link: http://x.y/
.. |sub| replace:: *substitution*

- one
- two

  1. nested

.. note:: A note.

+---+---+
| a | b |
+===+===+
| 1 | 2 |
+---+---+

:field: value

.. code:: python

   x = 1

Broken `ref`_.
"""
settings = {"report_level": 2, "warning_stream": False, "_disable_config": True}
print(publish_doctree(src, settings_overrides=settings).pformat())

