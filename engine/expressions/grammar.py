"""The grammar of FEEL (OMG DMN 1.5, section 10.3.1.2) for lark's LALR parser.

Names may be of several words, numbers behind the first included, as long as none of them is a
keyword; the three functions whose names hold `and` are terminals of their own. Brackets that only
their surroundings explain (`]1..2[`, `list<number>`) arrive here as terminals of their own, see
`brackets`.
"""

from __future__ import annotations

from typing import Final

GRAMMAR: Final = r"""
start: expression
tests: "-" -> any_test
     | NEGATION "(" test_list ")" -> negated_tests
     | test_list -> positive_tests
test_list: test ("," test)*
?test: OPERATOR additive -> relation
     | LESS additive -> relation
     | GREATER additive -> relation
     | expression

?expression: "for" bindings "return" expression -> for_
    | "if" expression "then" expression "else" expression -> if_
    | QUANTIFIER bindings "satisfies" expression -> quantified
    | "function" "(" [parameters] ")" expression -> function
    | disjunction
bindings: binding ("," binding)*
binding: words "in" expression [DOTDOT expression]
parameters: parameter ("," parameter)*
parameter: words [":" type]

?disjunction: conjunction | conjunction ("or" conjunction)+ -> or_
?conjunction: comparison | comparison ("and" comparison)+ -> and_
?comparison: additive
    | comparison (OPERATOR | LESS | GREATER) additive -> compare
    | comparison "between" additive "and" additive -> between
    | comparison "in" additive -> in_one
    | comparison "in" OPERATOR additive -> in_relation
    | comparison "in" LESS additive -> in_relation
    | comparison "in" GREATER additive -> in_relation
    | comparison "in" "(" test "," test_list ")" -> in_many
?additive: multiplicative | additive (PLUS | MINUS) multiplicative -> arithmetic
?multiplicative: power | multiplicative (TIMES | DIVIDE) power -> arithmetic
?power: unary | power POWER unary -> arithmetic
?unary: instance | MINUS unary -> negate
?instance: postfix | instance INSTANCE_OF type -> instance_of
?postfix: atom
    | postfix "." words -> path
    | postfix "[" expression "]" -> filter
    | postfix "(" [arguments] ")" -> call
arguments: expression ("," expression)* -> positional
    | named ("," named)* -> named_arguments
named: words ":" expression

?atom: "null" -> null
    | "true" -> true
    | "false" -> false
    | NUMBER -> number
    | STRING -> string
    | AT_LITERAL -> at_literal
    | words -> name
    | "not" -> not_name
    | "(" expression ")"
    | "(" OPERATOR additive ")" -> relation_in_brackets
    | "(" LESS additive ")" -> relation_in_brackets
    | "(" GREATER additive ")" -> relation_in_brackets
    | "[" [expression ("," expression)*] "]" -> list_of
    | "{" [entry ("," entry)*] "}" -> context
    | range
!range: ("(" | RANGE_OPEN | "[") additive DOTDOT additive (")" | RANGE_CLOSE | "]")
entry: words ":" expression -> word_entry
    | STRING ":" expression -> text_entry
words: NAME (NAME | NUMBER)* | SPACED

type: words | words TYPE_OPEN type_arguments TYPE_CLOSE
    | "function" TYPE_OPEN [type_list] TYPE_CLOSE ARROW type -> function_type
    | "null" -> null_type
type_arguments: type_list | words ":" type ("," words ":" type)* -> entry_types
type_list: type ("," type)*

DOTDOT: ".."
QUANTIFIER.2: /(some|every)(?!\w)/
OPERATOR: "<=" | ">=" | "!=" | "="
LESS: "<"
GREATER: ">"
PLUS: "+"
MINUS: "-"
POWER: "**"
TIMES: "*"
DIVIDE: "/"
ARROW: "->"
INSTANCE_OF.2: /instance\s+of(?!\w)/
SPACED.2: /(date\s+and\s+time|days\s+and\s+time\s+duration|years\s+and\s+months\s+duration)(?!\w)/
NUMBER: /(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?/
STRING: /"(\\[\s\S]|[^"\\])*"/
AT_LITERAL: /@\s*"[^"\\]*"/
NAME: /\?|(?:[^\W\d]|[\U0001F300-\U000EFFFF])(?:[\w']|[\U0001F300-\U000EFFFF])*/

COMMENT: /\/\/[^\n]*|\/\*[\s\S]*?\*\//
SPACE: /\s+/
%ignore COMMENT
%ignore SPACE
%declare RANGE_OPEN RANGE_CLOSE TYPE_OPEN TYPE_CLOSE NEGATION
"""
