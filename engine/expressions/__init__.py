"""FEEL, the one expression language: grammar, syntax tree, interpreter, decision tables."""
