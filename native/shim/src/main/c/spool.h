#pragma once

#include "frame.h"

// A DEL put aside for the daemon: its name in the open spool directory.
struct spooled {
    int directory;
    char name[64];
};

// Writes the frame durably into `state`/spool; 0, or an errno and nothing is left behind.
int spool_keep(const char *state, const struct frame *frame, struct spooled *spooled);

// Removes the file again: the daemon has done what it asks for.
void spool_forget(const struct spooled *spooled);

void spool_close(const struct spooled *spooled);
