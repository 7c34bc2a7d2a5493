"""Reading that runs in a process of its own, with bounds on time, memory and disk.

Kept free of imports: a worker starts here before its bounds are set.
"""
