"""Sentences: the only package that writes English about answers."""
