"""The clerk's desk: what turns a found passage into a usable one."""
