"""Third hand: carriers whose form is made by a program (print, recognition, dumps, mail)."""
