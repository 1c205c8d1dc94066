// Placeholder so that the program builds while it is empty.

print("mglmm-tui")
