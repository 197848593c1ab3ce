"""Runs the programs of a text, each under its `### title`, in processes of their own, and prints what they print."""
import re
import subprocess
import sys


def run(text):
    for part in text.split("### ")[1:]:
        title, source = part.split("\n", 1)
        done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True)
        print("###", title)
        print(done.stdout, end="")
        if done.stderr:
            print(re.sub("0x[0-9a-f]+", "ADDR", done.stderr), end="")
        if done.returncode:
            print("exit", done.returncode)
