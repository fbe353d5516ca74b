#: rate none
#: workers 0 2
#: cause SyntaxError
#: trials 1
"""A parenthesis is missing."""
print("never"
