# options: -W ignore::SyntaxWarning -W error::DeprecationWarning
x = 1
print(x is 1, "\q", x is not 2)
import warnings
try: warnings.warn("d", DeprecationWarning)
except DeprecationWarning as e: print("raised", e)
warnings.warn("user")
