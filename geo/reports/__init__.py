"""Read: files and tables become reports."""
