"""The sandbox: whatever reads a file from outside, held in bounds on time, memory and disk.

Kept free of imports: a worker starts here before its bounds are set.
"""
