#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Room for any number that decimal() writes, its NUL included.
#define DECIMAL 21

// Writes the number, with zeros before it up to that many digits (at most 20), and gives `to` back.
char *decimal(char to[DECIMAL], uint64_t number, int digits);

// Reads a number of decimal digits only, from least to most; false for anything else.
bool decimal_read(const char *text, uint32_t least, uint32_t most, uint32_t *number);

// Writes all of it; 0 or an errno. A pipe that the runtime made non-blocking is waited for.
int write_all(int descriptor, const void *bytes, size_t length);
