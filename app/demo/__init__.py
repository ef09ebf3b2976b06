"""A made-up centre to look at and to press against: citizens and clerks who use the public API like anybody else."""
