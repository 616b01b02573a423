"""Know: places, names, parties, sources; candidates for a spelling; the compiled index."""
