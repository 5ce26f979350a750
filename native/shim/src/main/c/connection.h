#pragma once

#include <stddef.h>

#include "deadline.h"
#include "frame.h"

enum outcome {
    ANSWERED,
    AWAY,    // nobody listens; `error` says how that showed
    HUNG,    // the deadline passed; `flaw` says before what
    GARBLED, // an answer that cannot be believed; `flaw` says why
    BROKEN,  // anything else; `error` says what
};

struct reply {
    enum outcome outcome;
    int error;
    const char *flaw;
    int status;
    unsigned char *body; // freed by the caller
    size_t length;
};

// Sends the request, with the namespace's descriptor unless it is -1, and waits for the reply, all
// before the deadline.
struct reply exchange(const char *socket_path, struct frame *frame, int netns, deadline end);
