"""Workloads that are measured: what they do, beside what they are compared with."""
