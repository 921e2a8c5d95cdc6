"""Qualitative Comparative Analysis (Ragin 1987, 2008): which conditions an outcome occurs with.

In come `Memberships`: for each case, how far it belongs to each condition and to the outcome, from
0 to 1. Out come frozen values: the truth table, all minimal models of three solutions, measures of
fit, and the gate, which says whether a formula may be shown. `analysis.analyse` is the way in; it
touches no file and knows no library. No word here says that a condition causes anything.

`literals` has the notation, `measures` the measures of fit, `truth_table` the rows, `implicants`
the candidates of a formula, `covers` all shortest formulas, `solutions` the three kinds of
simplification, `gate` what a reader may be shown.
"""
