"""Whether what is stored agrees with itself: state, projections, record and what stands beside."""
