"""Decide: which place a mention means, with candidates and why."""
