"""Operations on running cases: what the safety office does where a case cannot go on by itself."""
