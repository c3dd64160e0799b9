"""The resources, one file each: thin calls of queries and operations, as the command line makes them."""
