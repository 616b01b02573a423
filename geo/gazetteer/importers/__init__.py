"""Gazetteers of others, read as facts: one format a file."""
