"""Turns reports into maps of the places that they name, and keeps every side's names."""
