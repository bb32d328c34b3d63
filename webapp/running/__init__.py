"""Operations on running cases: incidents, versions that cases run under, migration."""
