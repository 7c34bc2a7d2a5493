"""What Prometheus is told (docs/decisions/0030-metrics.md).

storage: counts of all the server's processes, in files that a full disk can't turn against them ·
measures: what is counted as it happens · gauges: what is read when somebody asks · views: the
address.
"""
