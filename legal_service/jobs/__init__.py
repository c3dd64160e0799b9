"""The row of a background job: what, for whom, progress, outcome; leases and fencing."""
