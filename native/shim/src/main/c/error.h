#pragma once

// The CNI codes that the shim itself may answer.
enum {
    BAD_ENVIRONMENT = 4,
    INPUT_OUTPUT = 5,
    TRY_AGAIN_LATER = 11,
    NOT_AVAILABLE = 50,
};

// Prints a CNI error object and gives the exit status that goes with it. The message is the parts
// one after the other, up to a NULL. Everything is escaped; a part longer than 256 bytes is cut.
__attribute__((sentinel)) int refuse(int code, const char *details, ...);
