"""`bihuan backup` and `bihuan restore`: database and evidence in one file, proven by the chains."""
