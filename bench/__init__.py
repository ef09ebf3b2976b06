"""Benchmarks: every figure beside its floor, both measured in the same run."""
