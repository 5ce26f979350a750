#pragma once

#include <stdint.h>

#include "connection.h"
#include "deadline.h"
#include "frame.h"
#include "verb.h"

// One invocation by the runtime.
struct call {
    const struct verb *verb;
    const char *socket_path;
    const char *state;
    uint32_t deadline_ms;
    deadline end;
    struct frame frame;
    int netns; // -1: none could be opened
};

// Answers in place of a daemon that did not; gives the exit status.
int answer_alone(struct call *call, const struct reply *reply);

// What VERSION prints when the daemon does not.
int answer_version(void);
