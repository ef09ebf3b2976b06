"""Finding a procedure by what a citizen types or says: pure, over texts that the store has prepared."""
