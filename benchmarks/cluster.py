"""A portfolio on a cluster of two workers of this machine: `python -m benchmarks.cluster DIR -o OUT`."""

from __future__ import annotations

import sys

from kientruc.cli import run


def main(arguments: list[str]) -> int:
    """Start the cluster, and run the command on it."""
    from distributed import LocalCluster

    workers = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(**workers) as cluster:  # type: ignore[no-untyped-call]  # distributed types half of itself
        return run(["portfolio", *arguments, "--scheduler", cluster.scheduler_address])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
