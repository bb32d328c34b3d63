// The functions of the language itself; a test holds them against the engine.
export const BUILTINS = [
  "abs", "after", "all", "any", "append", "before", "ceiling", "coincides", "concatenate",
  "contains", "context", "context merge", "context put", "count", "date", "date and time",
  "day of week", "day of year", "decimal", "distinct values", "duration", "during", "ends with",
  "even", "exp", "finished by", "finishes", "flatten", "floor", "get entries", "get value",
  "includes", "index of", "insert before", "is", "is blank", "last day of month", "list contains",
  "list replace", "log", "lower case", "matches", "max", "mean", "median", "meets", "met by",
  "min", "mode", "modulo", "month of year", "not", "number", "odd", "overlaps", "overlaps after",
  "overlaps before", "partition", "product", "range", "remove", "replace", "reverse", "round down",
  "round half down", "round half up", "round up", "sort", "split", "sqrt", "started by", "starts",
  "starts with", "stddev", "string", "string join", "string length", "sublist", "substring",
  "substring after", "substring before", "sum", "time", "trim", "union", "upper case",
  "week of year", "years and months duration",
];
