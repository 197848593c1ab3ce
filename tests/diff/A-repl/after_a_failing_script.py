# options: -i
# stdin: value
# stdin: type(sys.last_value).__name__
import sys
value = [1, 2]
value[5]
