"""What the tables say, written for others: one format a file."""
