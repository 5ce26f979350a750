#pragma once

#include <stdint.h>

// What becomes of a verb that the daemon does not answer.
enum unanswered { TRY_AGAIN, UNAVAILABLE, ANSWER, SPOOL };

struct verb {
    const char *name;
    uint32_t deadline_ms;
    enum unanswered unanswered;
};

#define VERB_NAMES "ADD, CHECK, DEL, GC, STATUS, VERSION"

// The verb of that name, or NULL. CNI knows no other spelling: "add" is unknown.
const struct verb *verb_find(const char *name);
