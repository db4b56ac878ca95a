"""The ratios we promise, measured: `python -m benchmarks`."""
