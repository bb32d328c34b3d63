"""What can go wrong in a diagram, said before anyone starts a case: soundness by its tokens."""
