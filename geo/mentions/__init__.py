"""Find: reports become mentions with role, claimants and events."""
