"""The command line's verbs: each asks a slice and answers data and lines. They know everything, decide nothing."""
