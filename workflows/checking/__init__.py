"""`bihuan db check --deep`: everything that is stored, held against everything else."""
